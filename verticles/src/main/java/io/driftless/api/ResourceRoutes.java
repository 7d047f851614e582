package io.driftless.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.events.ApplicationName;
import io.driftless.events.DriftEvent.ApplicationCompared;
import io.driftless.events.SyncStatus;
import io.driftless.http.Answers;
import io.driftless.http.HttpFailure;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/// What an Application consists of, from the read model: `resource-tree` and `managed-resources` as Argo CD has them,
/// and `differences`, the fields that differ of each resource that is not Synced. Values of Secrets are digests there.
final class ResourceRoutes {
    private final ApiConfig config;
    private final ApplicationCache cache;
    private final ReadModel model;

    ResourceRoutes(ApiConfig config, ApplicationCache cache, ReadModel model) {
        this.config = config;
        this.cache = cache;
        this.model = model;
    }

    void mount(Router router) {
        router.get("/api/v1/applications/:name/resource-tree").handler(this::tree);
        router.get("/api/v1/applications/:name/managed-resources").handler(this::managed);
        router.get("/api/v1/applications/:name/differences").handler(this::differences);
    }

    private void tree(RoutingContext context) {
        ApplicationName name = named(context);
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        ArrayNode nodes = tree.putArray("nodes");
        model.live(name.toString()).forEach(live -> nodes.add(ResourceDocuments.node(live)));
        Answers.json(context, 200, tree);
    }

    private void managed(RoutingContext context) {
        String name = named(context).toString();
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode items = answer.putArray("items");
        model.drift(name)
                .ifPresent(compared -> compared.resources().forEach(verdict -> {
                    var desired = model.desired(name, verdict.resource()).filter(rendered -> verdict.wanted());
                    var live = model.live(name).stream()
                            .filter(observed -> observed.resource().equals(verdict.resource()))
                            .filter(observed -> compared.cluster().isEmpty()
                                    || observed.cluster().equals(compared.cluster()))
                            .findFirst();
                    items.add(ResourceDocuments.difference(verdict, desired, live));
                }));
        Answers.json(context, 200, answer);
    }

    private void differences(RoutingContext context) {
        String name = named(context).toString();
        ApplicationCompared compared = model.drift(name)
                .orElseThrow(() -> HttpFailure.unavailable(
                        "application " + name + " has not been compared with its cluster yet; try again"));
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode items = answer.putArray("items");
        compared.resources().stream()
                .filter(verdict -> verdict.status() != SyncStatus.SYNCED)
                .forEach(verdict -> items.add(ResourceDocuments.fields(verdict)));
        Answers.json(context, 200, answer);
    }

    private ApplicationName named(RoutingContext context) {
        ApplicationName name = ApplicationQuery.named(context, config.namespace());
        ApplicationReadRoutes.known(cache, name);
        return name;
    }
}
