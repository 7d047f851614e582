package io.driftless.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.cluster.Cluster;
import io.driftless.events.LiveEvent.ResourceObserved;
import io.driftless.http.Answers;
import io.driftless.http.HttpFailure;
import io.driftless.http.StrictJson;
import io.driftless.rpc.Call;
import io.driftless.rpc.Methods;

/// Looks at, patches and deletes single resources of an Application, and shows what the cluster tells of them.
final class LiveResourceMethods {
    private static final String SERVICE = "application.ApplicationService/";
    private final ApplicationAccess access;
    private final OwnedResources owned;

    LiveResourceMethods(ApplicationAccess access, OwnedResources owned) {
        this.access = access;
        this.owned = owned;
    }

    void register(Methods methods) {
        methods.unary(SERVICE + "GetResource", this::get)
                .unary(SERVICE + "PatchResource", this::patch)
                .unary(SERVICE + "DeleteResource", this::delete)
                .unary(SERVICE + "ListResourceEvents", new ResourceEventMethod(access, owned)::answer);
    }

    /// Values of Secrets are digests here already.
    private JsonNode get(Call call, ObjectNode request) {
        ResourceObserved live = owned.named(access.get(call, "get", request), request);
        return manifest(live.object());
    }

    private JsonNode patch(Call call, ObjectNode request) {
        ObjectNode application = access.get(call, "get", request);
        ResourceObserved live = owned.named(application, request);
        access.require(call.caller(), "update/" + OwnedResources.path(live.resource()), application);
        String type = request.path("patchType").asText("");
        if (!type.equals("application/merge-patch+json") && !type.equals("merge")) {
            throw HttpFailure.unsupported("patchType " + type + " of a resource");
        }
        if (live.resource().kind().equals("Secret")) {
            throw HttpFailure.unsupported("patching a Secret");
        }
        ObjectNode patch = StrictJson.object(request.path("patch").asText("").getBytes(UTF_8))
                .object();
        Cluster cluster = owned.cluster(live);
        JsonNode after =
                ControlObjects.answered(() -> cluster.mergePatch(live.resource(), live.apiVersion(), "", patch));
        return manifest(Masked.of(after));
    }

    private JsonNode delete(Call call, ObjectNode request) {
        ObjectNode application = access.get(call, "get", request);
        ResourceObserved live = owned.named(application, request);
        access.require(call.caller(), "delete/" + OwnedResources.path(live.resource()), application);
        String propagation = request.path("orphan").asBoolean() ? "Orphan" : "Foreground";
        Cluster cluster = owned.cluster(live);
        ControlObjects.answered(() -> cluster.delete(
                live.resource(), live.apiVersion(), new Cluster.Delete(live.uid(), null, propagation, false)));
        return JsonNodeFactory.instance.objectNode();
    }

    private static ObjectNode manifest(JsonNode object) {
        ObjectNode copy = object.deepCopy();
        if (copy.path("metadata") instanceof ObjectNode metadata) {
            metadata.remove("managedFields");
        }
        return JsonNodeFactory.instance.objectNode().put("manifest", Answers.text(copy));
    }
}
