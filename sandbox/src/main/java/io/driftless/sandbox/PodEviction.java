package io.driftless.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.sandbox.Store.Key;
import io.driftless.sandbox.model.ApiError;
import io.driftless.sandbox.model.Json;
import io.driftless.sandbox.model.ResourceType;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Lets a pod go if its budget allows it, and counts it there at once: the next one may come before a controller has
/// looked at the budget again.
final class PodEviction {
    private static final Set<String> NOT_RUNNING = Set.of("Succeeded", "Failed", "Pending");
    private final Store store;
    private final StatusReports reports;
    private final ResourceType budgets;
    private final ObjectRemover remover;

    PodEviction(Store store, ResourceType budgets, ObjectRemover remover) {
        this.store = store;
        this.reports = new StatusReports(store);
        this.budgets = budgets;
        this.remover = remover;
    }

    /// @throws ApiError 429 where the budget does not allow it
    void evict(RequestPath path, ObjectNode eviction, WriteOptions options) {
        if (!path.name().equals(Json.name(eviction))) {
            throw ApiError.badRequest("name in URL does not match name in Eviction object");
        }
        Stored pod = store.get(new Key("pods", path.namespace(), path.name()));
        if (pod == null) {
            throw ApiError.notFound("pods", "", path.name());
        }
        JsonNode how = eviction.path("deleteOptions");
        boolean dryRun = options.dryRun() || !how.path("dryRun").isEmpty();
        boolean disrupts = !pod.terminating()
                && !NOT_RUNNING.contains(pod.tree().path("status").path("phase").asText());
        Stored budget = disrupts ? budget(pod) : null;
        if (budget != null && !isSparedAnyway(pod, budget)) {
            allow(budget, pod, dryRun);
        }
        if (!dryRun) {
            reports.write(path.type(), pod.key(), options.manager(), PodEviction::disrupted);
        }
        Author author = options.author();
        remover.delete(path.type(), pod.key(), how, dryRun, new Author(author.client(), "delete", author.manager()));
    }

    /// @throws ApiError 500 where there are several
    private @Nullable Stored budget(Stored pod) {
        List<Stored> found = store.list(budgets.id(), pod.key().namespace()).stream()
                .filter(budget -> LabelSelector.meets(
                        budget.tree().path("spec").path("selector"),
                        pod.tree().path("metadata").path("labels")))
                .toList();
        if (found.size() > 1) {
            throw ApiError.of(
                    500,
                    "",
                    "This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.");
        }
        return found.isEmpty() ? null : found.getFirst();
    }

    /// A pod that is not ready is not missed where enough others are.
    private static boolean isSparedAnyway(Stored pod, Stored budget) {
        JsonNode status = budget.tree().path("status");
        boolean always = budget.tree()
                .path("spec")
                .path("unhealthyPodEvictionPolicy")
                .asText()
                .equals("AlwaysAllow");
        int desired = status.path("desiredHealthy").asInt();
        return !ControlledPods.ready(pod)
                && (always || desired > 0 && status.path("currentHealthy").asInt() >= desired);
    }

    private void allow(Stored budget, Stored pod, boolean dryRun) {
        String name = budget.key().name();
        JsonNode tree = budget.tree();
        if (tree.path("status").path("observedGeneration").asLong()
                < tree.path("metadata").path("generation").asLong()) {
            throw ApiError.budget("The disruption budget " + name + " is still being processed by the server.", 10);
        }
        boolean[] allowed = {
            dryRun && tree.path("status").path("disruptionsAllowed").asInt() > 0
        };
        if (!dryRun) {
            reports.write(budgets, budget.key(), "kube-apiserver", next -> {
                ObjectNode status = Json.child(next, "status");
                int left = status.path("disruptionsAllowed").asInt();
                allowed[0] = left > 0;
                if (allowed[0]) {
                    status.put("disruptionsAllowed", left - 1);
                    if (left == 1) {
                        Conditions.set(status, exhausted(tree));
                    }
                    Json.child(status, "disruptedPods").put(pod.key().name(), Json.now());
                }
            });
        }
        if (!allowed[0]) {
            throw ApiError.budget(why(name, tree.path("status")), 0);
        }
    }

    private static ObjectNode exhausted(JsonNode budget) {
        ObjectNode condition = Conditions.of("DisruptionAllowed", "False", "InsufficientPods", "");
        condition.remove("lastUpdateTime");
        return condition.set("observedGeneration", budget.path("status").path("observedGeneration"));
    }

    private static String why(String name, JsonNode status) {
        int desired = status.path("desiredHealthy").asInt();
        int current = status.path("currentHealthy").asInt();
        return current <= desired
                ? "The disruption budget " + name + " needs " + desired + " healthy pods and has " + current
                        + " currently"
                : "The disruption budget " + name + " does not allow evicting pods currently";
    }

    private static void disrupted(ObjectNode pod) {
        Conditions.set(
                Json.child(pod, "status"),
                Json.object()
                        .put("type", "DisruptionTarget")
                        .put("status", "True")
                        .put("lastTransitionTime", Json.now())
                        .put("reason", "EvictionByEvictionAPI")
                        .put("message", "Eviction API: evicting"));
    }
}
