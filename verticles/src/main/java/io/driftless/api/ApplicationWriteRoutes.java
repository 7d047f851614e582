package io.driftless.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.cluster.ClusterUnreachableException;
import io.driftless.events.ApplicationName;
import io.driftless.http.Answers;
import io.driftless.http.HttpFailure;
import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;
import java.util.concurrent.Callable;

/// Creates, changes and deletes Applications: `POST /api/v1/applications`, `PUT` of one or of its spec,
/// `PATCH` (merge), `DELETE`.
final class ApplicationWriteRoutes {
    private static final Set<String> PROPAGATIONS = Set.of("foreground", "background", "orphan");
    private final ApiConfig config;
    private final Applications applications;
    private final Bodies bodies;

    ApplicationWriteRoutes(ApiConfig config, Applications applications, Bodies bodies) {
        this.config = config;
        this.applications = applications;
        this.bodies = bodies;
    }

    void mount(Router router) {
        router.post("/api/v1/applications").handler(this::create);
        router.put("/api/v1/applications/:name").handler(this::replace);
        router.put("/api/v1/applications/:name/spec").handler(this::replaceSpec);
        router.patch("/api/v1/applications/:name").handler(this::patch);
        router.delete("/api/v1/applications/:name").handler(this::delete);
    }

    private void create(RoutingContext context) {
        boolean upsert = flag(context, "upsert", false);
        answer(context, bodies.json(context, false, body -> {
            ObjectNode application = ApplicationDocument.checked(body, config.namespace());
            return blocking(context, () -> applications.create(application, upsert));
        }));
    }

    private void replace(RoutingContext context) {
        ApplicationName name = ApplicationQuery.named(context, config.namespace());
        answer(context, bodies.json(context, false, body -> {
            ObjectNode wanted = ApplicationDocument.checked(body, name.namespace());
            if (!ApplicationCache.nameOf(wanted).equals(name)) {
                throw HttpFailure.invalid("the body names another Application than the path");
            }
            return blocking(context, () -> applications.change(name, now -> Applications.withUserParts(now, wanted)));
        }));
    }

    private void replaceSpec(RoutingContext context) {
        ApplicationName name = ApplicationQuery.named(context, config.namespace());
        answer(context, bodies.json(context, false, spec -> {
            ApplicationDocument.checkSpec(spec);
            return blocking(
                    context,
                    () -> applications
                            .change(name, now -> now.set("spec", spec))
                            .path("spec"));
        }));
    }

    private void patch(RoutingContext context) {
        ApplicationName name = ApplicationQuery.named(context, config.namespace());
        answer(context, bodies.json(context, false, body -> {
            if (!body.path("patchType").asText("merge").equals("merge")) {
                throw HttpFailure.unsupported(
                        "patchType " + body.path("patchType").asText());
            }
            ObjectNode patch = ApplicationDocument.patch(body.path("patch").asText());
            return blocking(
                    context,
                    () -> applications.change(name, now -> {
                        ApplicationDocument.merge(now, patch);
                        ApplicationDocument.checkSpec(now.path("spec"));
                        return now;
                    }));
        }));
    }

    private void delete(RoutingContext context) {
        ApplicationName name = ApplicationQuery.named(context, config.namespace());
        boolean cascade = flag(context, "cascade", true);
        String asked = context.queryParams().get("propagationPolicy");
        String propagation = asked == null || asked.isEmpty() ? "foreground" : asked;
        if (!PROPAGATIONS.contains(propagation)) {
            throw HttpFailure.invalid("propagationPolicy must be foreground, background or orphan");
        }
        answer(context, blocking(context, () -> {
            applications.delete(name, cascade, propagation);
            return JsonNodeFactory.instance.objectNode();
        }));
    }

    private static void answer(RoutingContext context, Future<? extends JsonNode> result) {
        result.onSuccess(document -> Answers.json(context, 200, withoutManagedFields(document)))
                .onFailure(problem -> Answers.fail(context, problem));
    }

    private static JsonNode withoutManagedFields(JsonNode document) {
        if (document.path("metadata") instanceof ObjectNode metadata) {
            metadata.remove("managedFields");
        }
        return document;
    }

    private static Future<JsonNode> blocking(RoutingContext context, Callable<JsonNode> work) {
        return context.vertx()
                .executeBlocking(work, false)
                .recover(problem -> Future.failedFuture(
                        problem instanceof ClusterUnreachableException unreachable
                                ? HttpFailure.unavailable(String.valueOf(unreachable.getMessage()))
                                : problem));
    }

    private static boolean flag(RoutingContext context, String name, boolean usual) {
        String value = context.queryParams().get(name);
        if (value == null || value.isEmpty()) {
            return usual;
        }
        if (!value.equals("true") && !value.equals("false")) {
            throw HttpFailure.invalid("parameter " + name + " must be true or false");
        }
        return value.equals("true");
    }
}
