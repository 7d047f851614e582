package io.driftless.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.cluster.Cluster;
import io.driftless.events.LiveEvent.ResourceObserved;
import io.driftless.events.ResourceId;
import io.driftless.rpc.Call;
import io.driftless.rpc.Methods;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/// Lists and runs [ResourceActions].
final class ResourceActionMethods {
    private static final String SERVICE = "application.ApplicationService/";
    private final ApplicationAccess access;
    private final OwnedResources owned;

    ResourceActionMethods(ApplicationAccess access, OwnedResources owned) {
        this.access = access;
        this.owned = owned;
    }

    void register(Methods methods) {
        methods.unary(SERVICE + "ListResourceActions", this::list)
                .unary(SERVICE + "RunResourceAction", this::run)
                .unary(SERVICE + "RunResourceActionV2", this::run);
    }

    private JsonNode list(Call call, ObjectNode request) {
        ObjectNode application = access.get(call, "get", request);
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode actions = answer.putArray("actions");
        if (itself(application, request)) {
            return answer;
        }
        ResourceObserved live = owned.named(application, request);
        for (ResourceActions action : ResourceActions.of(live)) {
            ObjectNode node = actions.addObject().put("name", action.toString());
            if (action.disabled(live.object())) {
                node.put("disabled", true);
            }
            if (action == ResourceActions.SCALE) {
                node.putArray("params").addObject().put("name", "replicas");
            }
        }
        return answer;
    }

    /// Clients list the Application beside its resources.
    private static boolean itself(ObjectNode application, ObjectNode request) {
        return request.path("kind").asText("").equals(Applications.KIND)
                && request.path("resourceName")
                        .asText("")
                        .equals(application.path("metadata").path("name").asText());
    }

    private JsonNode run(Call call, ObjectNode request) {
        ObjectNode application = access.get(call, "get", request);
        ResourceObserved live = owned.named(application, request);
        String name = request.path("action").asText("");
        access.require(
                call.caller(),
                "action/" + live.resource().group() + '/' + live.resource().kind() + '/' + name,
                application);
        ResourceActions action = ResourceActions.named(live, name);
        Map<String, String> parameters = new HashMap<>();
        request.path("resourceActionParameters")
                .forEach(parameter -> parameters.put(
                        parameter.path("name").asText(""),
                        parameter.path("value").asText("")));
        if (action == ResourceActions.CREATE_JOB) {
            ResourceId cronJob = live.resource();
            owned.requirePermitted(application, new ResourceId("batch", "Job", cronJob.namespace(), cronJob.name()));
        }
        Cluster cluster = owned.cluster(live);
        ControlObjects.answered(() -> {
            action.run(cluster, live, parameters, Instant.now());
            return action;
        });
        return JsonNodeFactory.instance.objectNode();
    }
}
