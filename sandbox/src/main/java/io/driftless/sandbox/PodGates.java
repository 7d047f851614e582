package io.driftless.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.sandbox.Store.Key;
import io.driftless.sandbox.defaults.Defaults;
import io.driftless.sandbox.model.ApiError;
import io.driftless.sandbox.model.Json;
import io.driftless.sandbox.model.ResourceType;

/// What a new pod names has to be there: its service account, its priority class, its runtime class. How urgent it is
/// follows from its class.
final class PodGates {
    static final String PRIORITIES = "priorityclasses.scheduling.k8s.io";
    private static final String RUNTIMES = "runtimeclasses.node.k8s.io";

    private final Store store;

    PodGates(Store store) {
        this.store = store;
    }

    /// Completes a pod by its priority.
    ///
    /// @throws ApiError 403 where something is missing
    void admit(ResourceType pods, String namespace, ObjectNode pod) {
        ObjectNode spec = Json.child(pod, "spec");
        String name = Json.name(pod);
        String account = spec.path("serviceAccountName").asText();
        // The one that each namespace has comes by itself, if a moment later.
        if (!account.isEmpty()
                && !account.equals("default")
                && store.get(new Key("serviceaccounts", namespace, account)) == null) {
            throw ApiError.forbidden(
                    pods,
                    name,
                    "error looking up service account " + namespace + "/" + account + ": serviceaccount "
                            + Json.quoted(account) + " not found");
        }
        priority(pods, name, spec);
        String runtime = spec.path("runtimeClassName").asText();
        if (!runtime.isEmpty() && store.get(new Key(RUNTIMES, "", runtime)) == null) {
            throw ApiError.forbidden(pods, name, "pod rejected: RuntimeClass " + Json.quoted(runtime) + " not found");
        }
        if (runtime.isEmpty() && !spec.path("overhead").isEmpty()) {
            throw ApiError.forbidden(
                    pods, name, "pod rejected: Pod Overhead set without corresponding RuntimeClass defined Overhead");
        }
    }

    private void priority(ResourceType pods, String name, ObjectNode spec) {
        String wanted = spec.path("priorityClassName").asText();
        JsonNode found = wanted.isEmpty() ? usual() : named(wanted);
        if (found == null) {
            throw ApiError.forbidden(pods, name, "no PriorityClass with name " + wanted + " was found");
        }
        int priority = found.path("value").asInt();
        if (!found.isMissingNode()) {
            spec.put("priorityClassName", Json.name(found));
            Defaults.absent(
                    spec, "preemptionPolicy", found.path("preemptionPolicy").asText("PreemptLowerPriority"));
        }
        if (spec.has("priority") && spec.path("priority").asInt() != priority) {
            throw ApiError.forbidden(
                    pods,
                    name,
                    "the integer value of priority (" + spec.path("priority").asInt()
                            + ") must not be provided in pod spec; priority admission controller computed " + priority
                            + " from the given PriorityClass name");
        }
        spec.put("priority", priority);
    }

    private @org.jspecify.annotations.Nullable JsonNode named(String name) {
        Stored found = store.get(new Key(PRIORITIES, "", name));
        return found == null ? null : found.tree();
    }

    /// The class of pods that name none; missing where there is none.
    private JsonNode usual() {
        JsonNode best = Json.MAPPER.missingNode();
        for (Stored one : store.list(PRIORITIES, "")) {
            if (one.tree().path("globalDefault").asBoolean()
                    && (best.isMissingNode()
                            || one.tree().path("value").asInt()
                                    < best.path("value").asInt())) {
                best = one.tree();
            }
        }
        return best;
    }
}
