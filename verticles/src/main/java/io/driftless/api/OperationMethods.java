package io.driftless.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.events.ApplicationName;
import io.driftless.events.CommandEvent.SyncRequested;
import io.driftless.events.CommandEvent.SyncRequested.Strategy;
import io.driftless.events.CommandEvent.TerminateRequested;
import io.driftless.events.Event;
import io.driftless.events.OperationEvent.OperationRecorded;
import io.driftless.events.RevisionEvent.ManifestsGiven;
import io.driftless.http.HttpFailure;
import io.driftless.http.Publisher;
import io.driftless.project.SyncWindows;
import io.driftless.rpc.Await;
import io.driftless.rpc.Call;
import io.driftless.rpc.Methods;
import io.driftless.stage.Publication;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Syncs and terminates: commands, answered once the broker has them. The header `X-Driftless-Operation` names the
/// operation that a sync becomes; the header `Idempotency-Key` makes a repeated request the same one.
final class OperationMethods {
    static final String OPERATION = "X-Driftless-Operation";
    private static final String SERVICE = "application.ApplicationService/";
    private static final int TURNS = 64;
    private final ApplicationAccess access;
    private final ProjectPermits permits;
    private final ReadModel model;
    private final Publisher publisher;
    private final Function<JsonNode, String> seal;
    private final RepeatedRequests repeated;
    private final List<Lock> turns =
            Stream.<Lock>generate(ReentrantLock::new).limit(TURNS).toList();

    /// @param seal seals manifests that are given with a request
    OperationMethods(
            ApplicationAccess access,
            ProjectPermits permits,
            ReadModel model,
            Publisher publisher,
            Function<JsonNode, String> seal,
            RepeatedRequests repeated) {
        this.seal = seal;
        this.repeated = repeated;
        this.access = access;
        this.permits = permits;
        this.model = model;
        this.publisher = publisher;
    }

    void register(Methods methods) {
        methods.unary(SERVICE + "Sync", this::sync)
                .unary(SERVICE + "Rollback", this::rollback)
                .unary(SERVICE + "TerminateOperation", this::terminate);
    }

    private JsonNode sync(Call call, ObjectNode request) {
        ObjectNode application = access.get(call, "sync", request);
        request.remove("source"); // a rollback's alone
        if (!request.path("manifests").isEmpty()) {
            access.require(call.caller(), "override", application);
        }
        requireManual(application, request);
        requireOpen(application);
        return started(call, application, request);
    }

    /// While automated sync is on, what is deployed is what the Application follows; only a dry run may be about
    /// something else.
    private static void requireManual(ObjectNode application, ObjectNode request) {
        String target =
                application.path("spec").path("source").path("targetRevision").asText("");
        String followed = target.isEmpty() ? "HEAD" : target;
        String revision = request.path("revision").asText("");
        boolean another = !revision.isEmpty() && !revision.equals(followed);
        if (another && request.path("retryStrategy").path("refresh").asBoolean()) {
            throw HttpFailure.unsupported("retryStrategy.refresh with a revision that the application does not follow");
        }
        if (!automated(application) || request.path("dryRun").asBoolean()) {
            return;
        }
        if (!request.path("manifests").isEmpty()) {
            throw HttpFailure.precondition(
                    "Cannot use local sync when Automatic Sync Policy is enabled unless for dry run");
        }
        if (another) {
            throw HttpFailure.precondition("Cannot sync to " + revision + ": auto-sync currently set to " + followed);
        }
    }

    private static boolean automated(ObjectNode application) {
        JsonNode automated = application.path("spec").path("syncPolicy").path("automated");
        return automated.isObject() && automated.path("enabled").asBoolean(true);
    }

    private void requireOpen(ObjectNode application) {
        if (!permits.windows(application).permit(true, Instant.now())) {
            throw HttpFailure.forbidden(SyncWindows.BLOCKED);
        }
    }

    /// A rollback is a sync to the revision of an entry of the history, without hooks.
    private JsonNode rollback(Call call, ObjectNode request) {
        ObjectNode application = access.get(call, "sync", request);
        if (automated(application)) {
            throw HttpFailure.precondition("rollback cannot be initiated when auto-sync is enabled");
        }
        requireOpen(application);
        long id = request.path("id").asLong();
        for (JsonNode entry : application.path("status").path("history")) {
            if (entry.path("id").asLong() == id) {
                ObjectNode sync = request.objectNode();
                sync.put("revision", entry.path("revision").asText());
                source(application, entry).ifPresent(source -> sync.set("source", source));
                sync.put("prune", request.path("prune").asBoolean());
                sync.put("dryRun", request.path("dryRun").asBoolean());
                sync.putObject("strategy").putObject(Strategy.APPLY);
                return started(call, application, sync);
            }
        }
        throw HttpFailure.notFound(
                "application " + ApplicationCache.nameOf(application) + " does not have deployment with id " + id);
    }

    /// The source that was deployed then, where it is not the one that the Application has now.
    private Optional<JsonNode> source(ObjectNode application, JsonNode entry) {
        JsonNode then = entry.path("source");
        if (!then.isObject() || then.equals(application.path("spec").path("source"))) {
            return Optional.empty();
        }
        ObjectNode other = application.deepCopy();
        other.withObject("/spec").set("source", then);
        permits.check(other);
        return Optional.of(then);
    }

    /// One at a time for an Application: of two that come together, the second sees the first.
    private JsonNode started(Call call, ObjectNode application, ObjectNode request) {
        ApplicationName name = ApplicationCache.nameOf(application);
        Lock turn = turns.get(Math.floorMod(name.hashCode(), TURNS));
        turn.lock();
        try {
            return started(call, name, application, request);
        } finally {
            turn.unlock();
        }
    }

    private JsonNode started(Call call, ApplicationName name, ObjectNode application, ObjectNode request) {
        @Nullable String key = call.header(RepeatedRequests.HEADER);
        UUID operation = key == null ? UUID.randomUUID() : RepeatedRequests.id(key, scope(call, application), request);
        String id = operation.toString();
        if (key != null && repeated.contains(operation)) {
            call.answerHeader(OPERATION, id);
            return OperationOverlay.withOperation(
                    application, SyncBody.read(name, id, call.caller().name(), request, model.drift(name.toString())));
        }
        if (running(name).isPresent() || model.pendingSync(name.toString()).isPresent()) {
            throw HttpFailure.precondition("another operation is already in progress");
        }
        SyncRequested wanted = SyncBody.read(name, id, call.caller().name(), request, model.drift(name.toString()));
        call.answerHeader(OPERATION, id);
        if (wanted.local()) {
            publish(new ManifestsGiven(name, id, seal.apply(request.path("manifests"))), id);
        }
        publish(wanted, id);
        model.asked(wanted, Instant.now());
        if (key != null) {
            repeated.add(operation);
        }
        return OperationOverlay.withOperation(application, wanted);
    }

    /// Another Application of the same name is another one.
    private static String scope(Call call, ObjectNode application) {
        return call.caller().subject()
                + '\n'
                + ApplicationCache.nameOf(application)
                + '\n'
                + application.path("metadata").path("uid").asText();
    }

    private JsonNode terminate(Call call, ObjectNode request) {
        ApplicationName name = ApplicationCache.nameOf(access.get(call, "sync", request));
        if (running(name).isEmpty()) {
            throw HttpFailure.invalid("Unable to terminate operation. No operation is in progress");
        }
        publish(
                new TerminateRequested(name, call.caller().name()),
                UUID.randomUUID().toString());
        return JsonNodeFactory.instance.objectNode();
    }

    private Optional<OperationRecorded> running(ApplicationName name) {
        return model.operation(name.toString())
                .filter(operation -> !operation.phase().completed());
    }

    private void publish(Event event, String chain) {
        Await.on(publisher
                .publish(Publication.of(event, chain))
                .recover(problem -> Future.failedFuture(Broker.down(problem))));
    }
}
