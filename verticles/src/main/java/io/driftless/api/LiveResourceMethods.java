package io.driftless.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.cluster.Cluster;
import io.driftless.cluster.Cluster.PatchForm;
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

    private JsonNode get(Call call, ObjectNode request) {
        return manifest(owned.shown(access.get(call, "get", request), request));
    }

    private JsonNode patch(Call call, ObjectNode request) {
        ObjectNode application = access.get(call, "get", request);
        ResourceObserved live = owned.named(application, request);
        access.require(call.caller(), "update/" + OwnedResources.path(live.resource()), application);
        PatchForm form = form(request.path("patchType").asText(""));
        if (live.resource().kind().equals("Secret") && live.resource().group().isEmpty()) {
            throw HttpFailure.unsupported("patching a Secret");
        }
        byte[] text = request.path("patch").asText("").getBytes(UTF_8);
        JsonNode patch = form == PatchForm.JSON
                ? StrictJson.value(text)
                : StrictJson.object(text).object();
        if (form == PatchForm.JSON && !patch.isArray()) {
            throw HttpFailure.invalid("a JSON patch is a list of steps");
        }
        Cluster cluster = owned.cluster(live);
        JsonNode after = ControlObjects.answered(() -> cluster.patch(live.resource(), live.apiVersion(), form, patch));
        return manifest(Masked.of(after));
    }

    private static PatchForm form(String type) {
        return switch (type) {
            case "merge", "", "application/merge-patch+json" -> PatchForm.MERGE;
            case "json", "application/json-patch+json" -> PatchForm.JSON;
            case "strategic", "application/strategic-merge-patch+json" -> PatchForm.STRATEGIC;
            default ->
                throw HttpFailure.invalid("patchType must be application/merge-patch+json,"
                        + " application/json-patch+json or application/strategic-merge-patch+json");
        };
    }

    private JsonNode delete(Call call, ObjectNode request) {
        ObjectNode application = access.get(call, "get", request);
        ResourceObserved live = owned.named(application, request);
        access.require(call.caller(), "delete/" + OwnedResources.path(live.resource()), application);
        Cluster cluster = owned.cluster(live);
        ControlObjects.answered(() -> cluster.delete(live.resource(), live.apiVersion(), deletion(live, request)));
        return JsonNodeFactory.instance.objectNode();
    }

    /// By force: nothing is waited for, neither the end of what runs nor that of what lies below.
    private static Cluster.Delete deletion(ResourceObserved live, ObjectNode request) {
        boolean orphan = request.path("orphan").asBoolean();
        boolean force = request.path("force").asBoolean();
        String propagation = orphan ? "Orphan" : force ? "Background" : "Foreground";
        return new Cluster.Delete(live.uid(), null, propagation, false, force ? 0 : null);
    }

    private static ObjectNode manifest(JsonNode object) {
        return JsonNodeFactory.instance.objectNode().put("manifest", Answers.text(object));
    }
}
