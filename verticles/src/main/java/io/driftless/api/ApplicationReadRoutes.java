package io.driftless.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.events.ApplicationName;
import io.driftless.http.Answers;
import io.driftless.http.HttpFailure;
import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.function.Predicate;

/// `GET /api/v1/applications` and `GET /api/v1/applications/{name}`: the Application resources as they are, with
/// `refresh` also looked at anew first.
final class ApplicationReadRoutes {
    private final ApiConfig config;
    private final ApplicationCache cache;
    private final Refresher refresher;

    ApplicationReadRoutes(ApiConfig config, ApplicationCache cache, Refresher refresher) {
        this.config = config;
        this.cache = cache;
        this.refresher = refresher;
    }

    void mount(Router router) {
        router.get("/api/v1/applications").handler(this::list);
        router.get("/api/v1/applications/:name").handler(this::get);
    }

    private void list(RoutingContext context) {
        Predicate<JsonNode> wanted = ApplicationQuery.filter(context.queryParams());
        if (!cache.complete()) {
            throw HttpFailure.unavailable("the Applications have not been read yet; try again");
        }
        ObjectNode list = JsonNodeFactory.instance.objectNode();
        list.putObject("metadata").put("resourceVersion", cache.resourceVersion());
        ArrayNode items = list.putArray("items");
        cache.all().stream().filter(wanted).forEach(items::add);
        Answers.json(context, 200, list);
    }

    private void get(RoutingContext context) {
        ApplicationName name = ApplicationQuery.named(context, config.namespace());
        known(cache, name);
        String refresh = context.queryParams().get("refresh");
        Future<Void> refreshed = refresh == null || refresh.isEmpty()
                ? Future.succeededFuture()
                : refresher.refresh(context.vertx(), name, refresh);
        refreshed
                .map(done -> known(cache, name))
                .onSuccess(application -> Answers.json(context, 200, application))
                .onFailure(problem -> Answers.fail(context, problem));
    }

    /// The Application, or the failure that says that there is none.
    static ObjectNode known(ApplicationCache cache, ApplicationName name) {
        return cache.get(name)
                .orElseThrow(() -> cache.complete()
                        ? HttpFailure.notFound("application " + name + " does not exist")
                        : HttpFailure.unavailable("the Applications have not been read yet; try again"));
    }
}
