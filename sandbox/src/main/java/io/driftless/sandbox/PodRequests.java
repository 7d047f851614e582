package io.driftless.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.sandbox.Store.Key;
import io.driftless.sandbox.model.ApiError;
import io.driftless.sandbox.model.Json;
import io.driftless.sandbox.model.ResourceType;
import io.driftless.sandbox.typed.Shapes;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// What is asked of a pod beside its object: to go if its budgets allow it, to be bound to a node, for its log, for a
/// terminal. Nothing runs here, so there are no logs and no terminals.
final class PodRequests {
    private static final Set<String> KNOWN = Set.of("eviction", "binding", "log", "exec", "attach", "portforward");
    private final Store store;
    private final PodEviction eviction;
    private final PodBinding binding;
    private final ResourceType bindings;
    private final Shapes shapes = new Shapes();

    /// @param bindings the type of what is asked of [PodBinding]
    PodRequests(Store store, PodEviction eviction, PodBinding binding, ResourceType bindings) {
        this.store = store;
        this.bindings = bindings;
        this.eviction = eviction;
        this.binding = binding;
    }

    static boolean about(RequestPath path) {
        return path.type().id().equals("bindings")
                || path.type().id().equals("pods") && KNOWN.contains(path.subresource());
    }

    void handle(HttpServerRequest request, RequestPath path, Buffer body) {
        switch (path.subresource()) {
            case "log" -> {
                only(request, "GET");
                log(request, pod(path));
            }
            case "exec", "attach", "portforward" -> {
                pod(path);
                throw ApiError.badRequest("Upgrade request required");
            }
            default -> {
                only(request, "POST");
                asked(request, path, Bodies.object(request, path.type(), body, new ArrayList<>()));
                ObjectNode done = Json.object().put("kind", "Status").put("apiVersion", "v1");
                done.putObject("metadata");
                Answers.send(
                        request.response(), 201, done.put("status", "Success").put("code", 201), Answers.JSON);
            }
        }
    }

    private void asked(HttpServerRequest request, RequestPath path, ObjectNode asked) {
        WriteOptions options = WriteOptions.of(request, "create");
        if (path.subresource().equals("eviction")) {
            eviction.evict(path, asked, options);
        } else {
            String misfit = BodyKind.misfit(shapes, bindings, asked);
            if (!misfit.isEmpty()) {
                throw Bodies.another(bindings, asked, misfit);
            }
            String name = path.subresource().isEmpty() ? null : path.name();
            binding.bind(path.namespace(), name, asked, options.dryRun(), options.author());
        }
    }

    private static void only(HttpServerRequest request, String method) {
        if (!request.method().name().equals(method)) {
            throw ApiError.methodNotAllowed();
        }
    }

    private Stored pod(RequestPath path) {
        Stored pod = store.get(new Key("pods", path.namespace(), path.name()));
        if (pod == null) {
            throw ApiError.notFound("pods", "", path.name());
        }
        return pod;
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
