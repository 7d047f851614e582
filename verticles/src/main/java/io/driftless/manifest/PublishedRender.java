package io.driftless.manifest;

import io.driftless.events.ApplicationEvent.ApplicationDeclared;
import io.driftless.events.ApplicationName;
import io.driftless.events.DesiredEvent.ManifestsRendered;
import io.driftless.events.DesiredEvent.RenderFailed;
import io.driftless.events.DesiredEvent.RenderedResource;
import io.driftless.events.DesiredEvent.ResourceRendered;
import io.driftless.events.Event;
import io.driftless.events.RecordKey;
import io.driftless.events.Topic;
import io.driftless.manifest.ManifestNews.Refused;
import io.driftless.manifest.ManifestNews.Rendered;
import io.driftless.stage.Fact;
import io.driftless.stage.Publication;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
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

    /// What was published and has not come back yet, by key.
    private final Map<String, Deque<Object>> awaited = new HashMap<>();

    /// The highest number of a render so far.
    private long sequence;

    /// Whether another instance used a number that readers may take for higher than ours.
    private boolean contested;

    private @Nullable ManifestsRendered render;
    private @Nullable RenderFailed failure;
    /// Whether readers still count the failure: a render that is said later ends it for them.
    private boolean failureStands;

    /// Takes in a record. False where it is an echo or says what is known; true where another instance, which has
    /// the application no more or had it before, said something else.
    boolean fold(Fact fact) {
        Event event = fact.envelope() == null ? null : fact.envelope().event();
        Deque<Object> coming = awaited.get(fact.key());
        boolean echo = coming != null && token(event).equals(coming.peek());
        if (event instanceof ManifestsRendered closed && !echo) {
            contested |= closed.number() != 0 && closed.number() <= sequence && !closed.equals(render);
            sequence = Math.max(sequence, closed.number());
            failureStands = false;
        }
        if (coming == null) {
            return event == null ? forget(fact.key()) : hold(event);
        }
        if (echo) {
            coming.remove();
            if (coming.isEmpty()) {
                awaited.remove(fact.key());
            }
        }
        return !echo; // and if it is none, ours follows and stands
    }

    /// What tells a record from others of its key.
    private static Object token(@Nullable Event event) {
        return event == null ? "" : event instanceof ResourceRendered resource ? resource.digest() : event;
    }

    private boolean hold(Event event) {
        switch (event) {
            case ResourceRendered resource -> {
                return !resource.digest().equals(digests.put(resource.key(), resource.digest()));
            }
            case ManifestsRendered closed -> {
                boolean other = !closed.equals(render);
                render = closed;
                return other;
            }
            case RenderFailed failed -> {
                boolean other = !failed.equals(failure);
                failure = failed;
                failureStands = true;
                return other;
            }
            default -> throw new IllegalArgumentException("not desired state: " + event.key());
        }
    }

    private boolean forget(String key) {
        return switch (RecordKey.detail(key)) {
            case "" -> {
                boolean held = render != null;
                render = null;
                yield held;
            }
            case RenderFailed.DETAIL -> {
                boolean held = failure != null;
                failure = null;
                yield held;
            }
            default -> digests.remove(key) != null;
        };
    }

    boolean empty() {
        return digests.isEmpty() && render == null && failure == null;
    }

    /// The commit of the render in force, if that render is all there is, and of this edition of the spec.
    @Nullable
    String revisionOf(ApplicationDeclared declared) {
        ManifestsRendered closed = render;
        if (closed == null
                || failure != null
                || contested
                || closed.generation() != declared.generation()
                || !closed.uid().equals(declared.uid())
                || closed.resources().size() != digests.size()) {
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
        ManifestsRendered closed = ClosingRecord.of(declared, next, sequence + 1);
        if (!records.isEmpty() || !before.isEmpty() || !sameRender(closed)) {
            records.add(Publication.of(closed, next.chain()));
            render = closed;
            sequence = closed.number();
            contested = false;
        }
        for (String key : before.keySet()) {
            records.add(Publication.tombstone(Topic.DESIRED, key, next.chain()));
            digests.remove(key);
        }
        said(records);
        records.addAll(failureOver(declared, next.chain()));
        return records;
    }

    /// What stands is said once more, for whoever asked for a look that found nothing new; readers
    /// learn nothing else from it.
    List<Publication> again(ApplicationDeclared declared, String chain) {
        if (failure != null) {
            return failureStands ? said(List.of(Publication.of(failure, chain))) : List.of();
        }
        return render == null || revisionOf(declared) == null
                ? List.of()
                : said(List.of(Publication.of(render, chain)));
    }

    private boolean sameRender(ManifestsRendered closed) {
        ManifestsRendered old = render;
        return old != null
                && !contested
                && old.digest().equals(closed.digest())
                && old.revision().equals(closed.revision())
                && old.generation() == closed.generation()
                && old.uid().equals(closed.uid())
                && old.conditions().equals(closed.conditions());
    }

    private List<Publication> said(List<Publication> records) {
        for (Publication record : records) {
            awaited.computeIfAbsent(record.key(), _ -> new ArrayDeque<>()).add(token(record.event()));
        }
        return records;
    }

    List<Publication> fail(ApplicationDeclared declared, Refused refused) {
        ApplicationName application = declared.application();
        RenderFailed failed =
                new RenderFailed(application, refused.generation(), refused.revision(), refused.conditions());
        if (failureStands && failed.equals(failure)) {
            return List.of();
        }
        failure = failed;
        failureStands = true;
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
