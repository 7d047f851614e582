package io.driftless.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.driftless.events.ApplicationEvent.ApplicationDeclared;
import io.driftless.events.ApplicationName;
import io.driftless.events.CommandEvent.SyncRequested;
import io.driftless.events.DesiredEvent.RenderedResource;
import io.driftless.events.DesiredEvent.ResourceRendered;
import io.driftless.events.Event;
import io.driftless.events.OperationEvent.OperationRecorded;
import io.driftless.events.RecordKey;
import io.driftless.events.RevisionEvent;
import io.driftless.events.RevisionEvent.ManifestsGiven;
import io.driftless.events.RevisionEvent.RevisionRefused;
import io.driftless.events.RevisionEvent.RevisionRendered;
import io.driftless.events.RevisionEvent.RevisionResourceRendered;
import io.driftless.events.Topic;
import io.driftless.manifest.ManifestNews.Answered;
import io.driftless.manifest.RenderTask.Order;
import io.driftless.objects.Digests;
import io.driftless.stage.Fact;
import io.driftless.stage.Publication;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The render that the running operation waits for where that is not the newest one, and what `revisions` holds of it.
///
/// Everything follows from the record of the operation, so an order is not lost in a crash, and one that the sync stage
/// refused is never rendered. When the operation is over, all is withdrawn.
final class RequestedRevision {
    /// Manifests given with requests that nobody took up yet.
    private static final int MOST_GIVEN = 4;

    private final Map<String, String> digests = new TreeMap<>();
    private final Map<String, ManifestsGiven> given = new LinkedHashMap<>();
    /// What was published and has not come back yet, by key.
    private final Map<String, Deque<Object>> awaited = new HashMap<>();

    private @Nullable OperationRecorded operation;
    private @Nullable RevisionEvent answer;
    private String chain = "";
    private boolean running;
    private @Nullable Answered answered;

    void fold(Fact fact) {
        Event event = fact.envelope() == null ? null : fact.envelope().event();
        if (fact.topic() == Topic.OPERATIONS) {
            operation = event instanceof OperationRecorded recorded ? recorded : null;
            chain = fact.envelope() == null ? chain : fact.envelope().chain();
        } else if (!echo(fact.key(), event)) {
            hold(fact.key(), event);
        }
    }

    private boolean echo(String key, @Nullable Event event) {
        Deque<Object> coming = awaited.get(key);
        if (coming == null || !token(event).equals(coming.peek())) {
            return false;
        }
        coming.remove();
        if (coming.isEmpty()) {
            awaited.remove(key);
        }
        return true;
    }

    private void hold(String key, @Nullable Event event) {
        switch (event) {
            case RevisionResourceRendered resource ->
                digests.put(key, resource.rendered().digest());
            case ManifestsGiven manifests -> given.put(key, manifests);
            case RevisionEvent closing -> answer = closing;
            case null, default -> {
                digests.remove(key);
                given.remove(key);
                answer = RecordKey.detail(key).isEmpty() ? null : answer;
            }
        }
    }

    /// What has to be rendered now; null for nothing.
    @Nullable
    Order due(ApplicationDeclared declared) {
        OperationRecorded current = operation;
        SyncRequested request = current == null ? null : current.request();
        String target = declared.spec().source().targetRevision();
        if (current == null
                || request == null
                || running
                || current.phase().completed()
                || !current.render().isEmpty()
                || !current.uid().equals(declared.uid())
                || !request.elsewhere(target)
                || current.id().equals(answeredOperation())) {
            return null;
        }
        if (!request.local()) {
            running = true;
            String revision = request.revision() == null ? sourceRevision(request, target) : request.revision();
            return new Order(current.id(), revision, request.source(), null, chain);
        }
        ManifestsGiven manifests = given.get(RecordKey.of(current.key(), ManifestsGiven.DETAIL + current.id()));
        if (manifests == null) {
            return null; // they were said before the request, and arrive in a moment
        }
        running = true;
        return new Order(current.id(), target, null, manifests.sealed(), chain);
    }

    private static String sourceRevision(SyncRequested request, String target) {
        JsonNode source = request.source();
        return source == null ? target : source.path("targetRevision").asText("HEAD");
    }

    private String answeredOperation() {
        return switch (answer) {
            case RevisionRendered rendered -> rendered.operation();
            case RevisionRefused refused -> refused.operation();
            case null, default -> "";
        };
    }

    void finished(Answered done) {
        running = false;
        answered = done;
    }

    /// What is to be said now: the answer that was found, and that it is over.
    List<Publication> say(ApplicationName application) {
        List<Publication> records = new ArrayList<>();
        Answered done = answered;
        answered = null;
        OperationRecorded current = operation;
        String runs = current == null || current.phase().completed() ? "" : current.id();
        if (done != null && runs.equals(done.operation())) {
            records.addAll(publish(application, done));
        }
        boolean over = answer == null ? !running : !runs.equals(answeredOperation());
        if (over && !(answer == null && digests.isEmpty())) {
            records.addAll(withdrawRender(application));
        }
        for (ManifestsGiven manifests : List.copyOf(given.values())) {
            if ((current != null && over(current, manifests.operation())) || given.size() > MOST_GIVEN) {
                given.remove(manifests.key());
                records.add(Publication.tombstone(Topic.REVISIONS, manifests.key(), chain));
            }
        }
        return said(records);
    }

    private static boolean over(OperationRecorded current, String request) {
        return current.handledRequests().contains(request)
                && (current.phase().completed() || !current.id().equals(request));
    }

    private List<Publication> publish(ApplicationName application, Answered done) {
        List<Publication> records = new ArrayList<>();
        if (!done.refusals().isEmpty()) {
            answer = new RevisionRefused(application, done.operation(), done.refusals());
            return List.of(Publication.of(answer, chain));
        }
        Map<String, String> before = new TreeMap<>(digests);
        List<RenderedResource> list = new ArrayList<>();
        ArrayNode text = JsonNodeFactory.instance.arrayNode();
        for (ResourceRendered resource : done.resources()) {
            if (!resource.digest().equals(before.remove(resource.key()))) {
                records.add(Publication.of(new RevisionResourceRendered(resource), chain));
                digests.put(resource.key(), resource.digest());
            }
            list.add(new RenderedResource(resource.resource(), resource.digest()));
            text.add(resource.resource() + " " + resource.digest());
        }
        answer = new RevisionRendered(application, done.operation(), done.revision(), Digests.of(text), list);
        records.add(Publication.of(answer, chain));
        for (String key : before.keySet()) {
            digests.remove(key);
            records.add(Publication.tombstone(Topic.REVISIONS, key, chain));
        }
        return records;
    }

    private List<Publication> withdrawRender(ApplicationName application) {
        List<Publication> tombstones = new ArrayList<>();
        if (answer != null) {
            tombstones.add(Publication.tombstone(Topic.REVISIONS, application.toString(), chain));
        }
        digests.keySet().forEach(key -> tombstones.add(Publication.tombstone(Topic.REVISIONS, key, chain)));
        digests.clear();
        answer = null;
        return tombstones;
    }

    /// Tombstones for everything: the Application is gone.
    List<Publication> withdraw(ApplicationName application) {
        List<Publication> tombstones = withdrawRender(application);
        given.keySet().forEach(key -> tombstones.add(Publication.tombstone(Topic.REVISIONS, key, chain)));
        given.clear();
        answered = null;
        return said(tombstones);
    }

    private List<Publication> said(List<Publication> records) {
        for (Publication record : records) {
            awaited.computeIfAbsent(record.key(), _ -> new ArrayDeque<>()).add(token(record.event()));
        }
        return records;
    }

    /// What tells a record from others of its key.
    private static Object token(@Nullable Event event) {
        return switch (event) {
            case null -> "";
            case RevisionResourceRendered resource -> resource.rendered().digest();
            default -> event;
        };
    }

    boolean empty() {
        return digests.isEmpty() && given.isEmpty() && answer == null && operation == null && !running;
    }
}
