package io.driftless.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.sandbox.Store.Key;
import io.driftless.sandbox.custom.Violation;
import io.driftless.sandbox.model.ApiError;
import io.driftless.sandbox.model.Json;
import io.driftless.sandbox.model.ResourceType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Gives a pod its node, as schedulers ask for it. Nobody comes to own fields by that.
final class PodBinding {
    private final Store store;
    private final ResourceType pods;

    PodBinding(Store store, ResourceType pods) {
        this.store = store;
        this.pods = pods;
    }

    /// @param name the pod that the path names; null where the binding alone names one
    /// @throws ApiError where the pod cannot be bound
    void bind(String namespace, @Nullable String name, ObjectNode binding, boolean dryRun, Author author) {
        String pod = Json.name(binding);
        if (name != null && !name.equals(pod)) {
            throw ApiError.badRequest("name in URL does not match name in Binding object");
        }
        check(binding.path("target"));
        Key key = new Key("pods", namespace, pod);
        boolean done = false;
        while (!done) {
            Stored before = store.get(key);
            if (before == null) {
                throw ApiError.notFound("pods", "", pod);
            }
            ObjectNode next = bound(before, binding);
            done = dryRun || store.put(key, before, next, before.managers(), author) != null;
        }
    }

    /// What is wrong with it is no refusal of an object: the real server takes it for a failure of its own.
    private static void check(JsonNode target) {
        String kind = target.path("kind").asText();
        List<Violation> wrong = new ArrayList<>();
        if (!kind.isEmpty() && !kind.equals("Node")) {
            wrong.add(Violation.worded(
                    "target.kind",
                    "Unsupported value: " + Json.quoted(kind) + ": supported values: \"Node\", \"<empty>\""));
        }
        if (target.path("name").asText().isEmpty()) {
            wrong.add(Violation.required("target.name", ""));
        }
        if (!wrong.isEmpty()) {
            String all = wrong.stream()
                    .map(one -> one.field() + ": " + one.message())
                    .collect(Collectors.joining(", "));
            throw ApiError.of(500, "", wrong.size() == 1 ? all : "[" + all + "]");
        }
    }

    private ObjectNode bound(Stored before, ObjectNode binding) {
        String name = before.key().name();
        JsonNode spec = before.tree().path("spec");
        String node = spec.path("nodeName").asText();
        String uid = Json.uid(binding);
        if (!uid.isEmpty() && !uid.equals(before.uid())) {
            throw ApiError.otherUid(pods, before.key().namespace(), name, uid, before.uid());
        }
        String why = before.terminating()
                ? "pod " + name + " is being deleted, cannot be assigned to a host"
                : !node.isEmpty()
                        ? "pod " + name + " is already assigned to node " + Json.quoted(node)
                        : !spec.path("schedulingGates").isEmpty()
                                ? "pod " + name + " has non-empty .spec.schedulingGates"
                                : "";
        if (!why.isEmpty()) {
            throw ApiError.conflict("pods/binding", "", name, why);
        }
        ObjectNode next = before.tree().deepCopy();
        Json.child(next, "spec").set("nodeName", binding.path("target").path("name"));
        for (String field : List.of("annotations", "labels")) {
            if (binding.path("metadata").path(field) instanceof ObjectNode more) {
                Json.child(Json.meta(next), field).setAll(more);
            }
        }
        ObjectNode status = Json.child(next, "status");
        Conditions.remove(status, "PodScheduled");
        status.withArray("conditions")
                .addObject()
                .put("type", "PodScheduled")
                .put("status", "True")
                .putNull("lastProbeTime")
                .put("lastTransitionTime", Json.now());
        return next;
    }
}
