package io.driftless.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.events.ApplicationName;
import io.driftless.events.CommandEvent;
import io.driftless.events.CommandEvent.SyncRequested;
import io.driftless.events.CommandEvent.TerminateRequested;
import io.driftless.events.OperationEvent.OperationRecorded;
import io.driftless.http.Answers;
import io.driftless.http.HttpFailure;
import io.driftless.http.Publisher;
import io.driftless.stage.Publication;
import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.UUID;

/// `POST /api/v1/applications/{name}/sync` and `DELETE /api/v1/applications/{name}/operation`: commands, answered
/// once the broker has them. The header `X-Driftless-Operation` names the operation that a sync becomes.
final class OperationRoutes {
    static final String OPERATION = "X-Driftless-Operation";
    private final ApiConfig config;
    private final ApplicationCache cache;
    private final ReadModel model;
    private final Publisher publisher;
    private final Bodies bodies;

    OperationRoutes(ApiConfig config, ApplicationCache cache, ReadModel model, Publisher publisher, Bodies bodies) {
        this.config = config;
        this.cache = cache;
        this.model = model;
        this.publisher = publisher;
        this.bodies = bodies;
    }

    void mount(Router router) {
        router.post("/api/v1/applications/:name/sync").handler(this::sync);
        router.delete("/api/v1/applications/:name/operation").handler(this::terminate);
    }

    private void sync(RoutingContext context) {
        bodies.json(context, true, body -> sync(context, body))
                .onSuccess(application -> Answers.json(context, 200, application))
                .onFailure(problem -> Answers.fail(context, problem));
    }

    private Future<ObjectNode> sync(RoutingContext context, ObjectNode body) {
        String given = body.path("appNamespace").asText("");
        ApplicationName name = given.isEmpty()
                ? ApplicationQuery.named(context, config.namespace())
                : ApplicationQuery.name(context.pathParam("name"), given, config.namespace());
        ObjectNode application = ApplicationReadRoutes.known(cache, name);
        if (running(name).isPresent()) {
            throw HttpFailure.precondition("another operation is already in progress");
        }
        String id = UUID.randomUUID().toString();
        SyncRequested request = SyncBody.read(name, id, body, model.drift(name.toString()));
        context.response().putHeader(OPERATION, id);
        return publish(request, id).map(acknowledged -> withOperation(application, request));
    }

    private void terminate(RoutingContext context) {
        ApplicationName name = ApplicationQuery.named(context, config.namespace());
        ApplicationReadRoutes.known(cache, name);
        if (running(name).isEmpty()) {
            throw HttpFailure.invalid("Unable to terminate operation. No operation is in progress");
        }
        publish(new TerminateRequested(name, Actor.NAME), UUID.randomUUID().toString())
                .onSuccess(acknowledged -> Answers.json(context, 200, JsonNodeFactory.instance.objectNode()))
                .onFailure(problem -> Answers.fail(context, problem));
    }

    private Optional<OperationRecorded> running(ApplicationName name) {
        return model.operation(name.toString())
                .filter(operation -> !operation.phase().completed());
    }

    private Future<Void> publish(CommandEvent command, String chain) {
        return publisher
                .publish(Publication.of(command, chain))
                .recover(down -> Future.failedFuture(Actor.brokerDown(down)));
    }

    /// The Application as Argo CD would answer: with the operation that was asked for.
    private static ObjectNode withOperation(ObjectNode application, SyncRequested request) {
        ObjectNode answer = application.deepCopy();
        ObjectNode operation = answer.putObject("operation");
        ObjectNode sync = operation.putObject("sync");
        if (request.revision() != null) {
            sync.put("revision", request.revision());
        }
        if (request.prune()) {
            sync.put("prune", true);
        }
        if (request.dryRun()) {
            sync.put("dryRun", true);
        }
        operation.putObject("initiatedBy").put("username", request.requestedBy());
        return answer;
    }
}
