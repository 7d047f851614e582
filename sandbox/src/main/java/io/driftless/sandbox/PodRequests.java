package io.driftless.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.sandbox.Store.Key;
import io.driftless.sandbox.custom.Violation;
import io.driftless.sandbox.model.ApiError;
import io.driftless.sandbox.model.Json;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// What is asked of a pod beside its object: to go if its budgets allow it, to be bound to a node, for its log, for a
/// terminal. Nothing runs here, so there are no logs and no terminals.
final class PodRequests {
    private static final Set<String> KNOWN =
            Set.of("eviction", "binding", "log", "exec", "attach", "portforward", "ephemeralcontainers", "resize");
    private final Store store;
    private final ObjectWriter writer;
    private final ObjectRemover remover;

    PodRequests(Store store, ObjectWriter writer, ObjectRemover remover) {
        this.store = store;
        this.writer = writer;
        this.remover = remover;
    }

    static boolean about(RequestPath path) {
        return path.type().id().equals("pods") && KNOWN.contains(path.subresource());
    }

    void handle(HttpServerRequest request, RequestPath path, Buffer body) {
        String method = request.method().name();
        switch (path.subresource()) {
            case "eviction", "binding" -> {
                if (!method.equals("POST")) {
                    throw ApiError.methodNotAllowed();
                }
                ObjectNode asked = Bodies.object(request, path.type(), body, new ArrayList<>());
                Stored pod = pod(path);
                if (path.subresource().equals("eviction")) {
                    evict(request, path, pod, asked);
                } else {
                    bind(path, asked);
                }
                ObjectNode done = Json.object().put("kind", "Status").put("apiVersion", "v1");
                done.putObject("metadata");
                Answers.send(
                        request.response(), 201, done.put("status", "Success").put("code", 201), Answers.JSON);
            }
            case "log" -> {
                if (!method.equals("GET")) {
                    throw ApiError.methodNotAllowed();
                }
                log(request, pod(path));
            }
            case "exec", "attach", "portforward" -> {
                pod(path);
                throw ApiError.badRequest("Upgrade request required");
            }
            default -> throw ApiError.methodNotAllowed();
        }
    }

    private Stored pod(RequestPath path) {
        Stored pod = store.get(new Key("pods", path.namespace(), path.name()));
        if (pod == null) {
            throw ApiError.notFound("pods", "", path.name());
        }
        return pod;
    }

    private void evict(HttpServerRequest request, RequestPath path, Stored pod, ObjectNode asked) {
        List<Stored> budgets = store.list("poddisruptionbudgets.policy", path.namespace()).stream()
                .filter(budget -> guards(budget.tree().path("spec").path("selector"), pod.tree()))
                .toList();
        if (budgets.size() > 1) {
            throw ApiError.of(
                    500,
                    "InternalError",
                    "Internal error occurred: This pod has more than one PodDisruptionBudget, which the eviction subresource"
                            + " does not support.");
        }
        for (Stored budget : budgets) {
            JsonNode status = budget.tree().path("status");
            if (status.path("disruptionsAllowed").asInt() < 1) {
                throw ApiError.budget("The disruption budget " + budget.key().name() + " needs "
                        + status.path("desiredHealthy").asInt() + " healthy pods and has "
                        + status.path("currentHealthy").asInt() + " currently");
            }
        }
        JsonNode options = asked.path("deleteOptions");
        boolean dryRun = request.getParam("dryRun") != null || options.has("dryRun");
        remover.delete(
                path.type(),
                pod.key(),
                options,
                dryRun,
                new Author(Call.client(request), "delete", Call.client(request)));
    }

    private static boolean guards(JsonNode selector, JsonNode pod) {
        JsonNode labels = pod.path("metadata").path("labels");
        return !selector.path("matchLabels").isEmpty()
                && selector.path("matchLabels").properties().stream()
                        .allMatch(label -> label.getValue().equals(labels.path(label.getKey())));
    }

    private void bind(RequestPath path, ObjectNode asked) {
        String node = asked.path("target").path("name").asText();
        if (node.isEmpty()) {
            throw ApiError.invalid("", "Binding", path.name(), List.of(Violation.required("target.name", "")));
        }
        writer.update(path.type(), path.namespace(), path.name(), "", WriteOptions.by("kube-scheduler"), live -> {
            String bound = live.path("spec").path("nodeName").asText();
            if (!bound.isEmpty()) {
                throw ApiError.conflict(
                        "pods/binding",
                        "",
                        path.name(),
                        "pod " + path.name() + " is already assigned to node " + Json.quoted(bound));
            }
            ObjectNode next = live.deepCopy();
            Json.child(next, "spec").put("nodeName", node);
            return next;
        });
    }

    private static void log(HttpServerRequest request, Stored pod) {
        for (String number : List.of("tailLines", "limitBytes", "sinceSeconds")) {
            Numbers.of(request, number);
        }
        ArrayNode names = Json.MAPPER.createArrayNode();
        JsonNode spec = pod.tree().path("spec");
        spec.path("containers")
                .forEach(container -> names.add(container.path("name").asText()));
        String wanted = request.getParam("container");
        String name = pod.key().name();
        if (wanted == null && names.size() > 1) {
            List<String> all = new ArrayList<>();
            names.forEach(one -> all.add(one.asText()));
            throw ApiError.badRequest("a container name must be specified for pod " + name + ", choose one of: ["
                    + String.join(" ", all) + "]");
        }
        boolean known = wanted == null
                || names.valueStream().anyMatch(one -> one.asText().equals(wanted));
        if (!known) {
            throw ApiError.badRequest("container " + wanted + " is not valid for pod " + name);
        }
        if (spec.path("nodeName").asText().isEmpty()) {
            request.response().setStatusCode(204).end();
            return;
        }
        throw ApiError.of(500, "", "the containers of " + name + " are not running in the sandbox: there are no logs");
    }
}
