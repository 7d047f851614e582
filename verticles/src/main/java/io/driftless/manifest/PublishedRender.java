package io.driftless.manifest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.driftless.events.ApplicationEvent.ApplicationDeclared;
import io.driftless.events.ApplicationName;
import io.driftless.events.DesiredEvent.ManifestsRendered;
import io.driftless.events.DesiredEvent.RenderFailed;
import io.driftless.events.DesiredEvent.RenderedResource;
import io.driftless.events.DesiredEvent.ResourceRendered;
import io.driftless.events.RecordKey;
import io.driftless.events.Topic;
import io.driftless.manifest.ManifestNews.Refused;
import io.driftless.manifest.ManifestNews.Rendered;
import io.driftless.objects.Digests;
import io.driftless.stage.Fact;
import io.driftless.stage.Publication;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What `desired` holds for one application, and the records that turn it into another render.
///
/// Order matters to readers: new resources first, then the list that makes them count, then the tombstones of
/// what is no longer listed. Whoever stops in the middle leaves an incomplete render, which nobody acts on.
final class PublishedRender {
    private final Map<String, String> digests = new HashMap<>();

    /// How many records of a key were published and have not come back yet. They are older than what is known.
    private final Map<String, Integer> awaited = new HashMap<>();

    private @Nullable ManifestsRendered render;
    private @Nullable RenderFailed failure;

    void fold(Fact fact) {
        Integer coming = awaited.get(fact.key());
        if (coming != null) {
            awaited.compute(fact.key(), (key, count) -> coming == 1 ? null : coming - 1);
            return;
        }
        if (fact.envelope() == null) {
            forget(fact.key());
            return;
        }
        switch (fact.envelope().event()) {
            case ResourceRendered resource -> digests.put(resource.key(), resource.digest());
            case ManifestsRendered closed -> render = closed;
            case RenderFailed failed -> failure = failed;
            default -> throw new IllegalArgumentException("not desired state: " + fact.key());
        }
    }

    private void forget(String key) {
        switch (RecordKey.detail(key)) {
            case "" -> render = null;
            case RenderFailed.DETAIL -> failure = null;
            default -> digests.remove(key);
        }
    }

    boolean empty() {
        return digests.isEmpty() && render == null && failure == null;
    }

    /// The commit of the render in force, if that render is complete and of this edition of the spec.
    @Nullable
    String revisionOf(ApplicationDeclared declared) {
        ManifestsRendered closed = render;
        if (closed == null
                || failure != null
                || closed.generation() != declared.generation()
                || !closed.uid().equals(declared.uid())) {
            return null;
        }
        String name = declared.application().toString();
        for (RenderedResource listed : closed.resources()) {
            if (!listed.digest()
                    .equals(digests.get(RecordKey.of(name, listed.resource().toString())))) {
                return null;
            }
        }
        return closed.revision();
    }

    /// Tombstones for everything.
    List<Publication> withdraw(String chain) {
        List<Publication> tombstones = new ArrayList<>();
        if (render != null) {
            tombstones.add(Publication.tombstone(Topic.DESIRED, render.key(), chain));
        }
        if (failure != null) {
            tombstones.add(Publication.tombstone(Topic.DESIRED, failure.key(), chain));
        }
        for (String key : new TreeMap<>(digests).keySet()) {
            tombstones.add(Publication.tombstone(Topic.DESIRED, key, chain));
        }
        digests.clear();
        render = null;
        failure = null;
        return said(tombstones);
    }

    List<Publication> replaceBy(ApplicationDeclared declared, Rendered next) {
        List<Publication> records = new ArrayList<>();
        Map<String, String> before = new TreeMap<>(digests);
        for (ResourceRendered resource : next.resources()) {
            if (!resource.digest().equals(before.remove(resource.key()))) {
                records.add(Publication.of(resource, next.chain()));
                digests.put(resource.key(), resource.digest());
            }
        }
        ManifestsRendered closed = close(declared, next);
        if (!records.isEmpty() || !before.isEmpty() || !sameRender(closed)) {
            records.add(Publication.of(closed, next.chain()));
            render = closed;
        }
        for (String key : before.keySet()) {
            records.add(Publication.tombstone(Topic.DESIRED, key, next.chain()));
            digests.remove(key);
        }
        said(records);
        records.addAll(failureOver(declared, next.chain()));
        return records;
    }

    private boolean sameRender(ManifestsRendered closed) {
        ManifestsRendered old = render;
        return old != null
                && old.digest().equals(closed.digest())
                && old.revision().equals(closed.revision())
                && old.generation() == closed.generation()
                && old.uid().equals(closed.uid())
                && old.conditions().equals(closed.conditions());
    }

    private List<Publication> said(List<Publication> records) {
        records.forEach(record -> awaited.merge(record.key(), 1, Integer::sum));
        return records;
    }

    private static ManifestsRendered close(ApplicationDeclared declared, Rendered next) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        List<RenderedResource> resources = new ArrayList<>();
        for (ResourceRendered resource : next.resources()) {
            resources.add(new RenderedResource(resource.resource(), resource.digest()));
            list.add(resource.resource() + " " + resource.digest());
        }
        var source = declared.spec().source();
        return new ManifestsRendered(
                declared.application(),
                declared.uid(),
                declared.generation(),
                source.repoURL(),
                source.path(),
                source.targetRevision(),
                next.revision(),
                next.sourceType(),
                next.commit(),
                Digests.of(list),
                resources,
                next.warnings(),
                next.fetchMicros(),
                next.renderMicros());
    }

    List<Publication> fail(ApplicationDeclared declared, Refused refused) {
        ApplicationName application = declared.application();
        RenderFailed failed =
                new RenderFailed(application, refused.generation(), refused.revision(), refused.conditions());
        if (failed.equals(failure)) {
            return List.of();
        }
        failure = failed;
        return said(List.of(Publication.of(failed, refused.chain())));
    }

    /// The tombstone of a failure that is over, if there was one.
    List<Publication> failureOver(ApplicationDeclared declared, String chain) {
        if (failure == null) {
            return List.of();
        }
        failure = null;
        return said(List.of(Publication.tombstone(
                Topic.DESIRED, RecordKey.of(declared.application().toString(), RenderFailed.DETAIL), chain)));
    }
}
