package io.driftless.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.driftless.sandbox.custom.Violation;
import io.driftless.sandbox.model.ApiError;
import io.driftless.sandbox.model.BodyText;
import io.driftless.sandbox.model.Json;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// How something is to be deleted: by the body of the request, else by its query.
record DeleteOptions(ObjectNode body, boolean dryRun) {
    private static final List<String> POLICIES = List.of("Foreground", "Background", "Orphan", "nil");

    /// @throws ApiError 400 and 422 for what cannot be meant
    static DeleteOptions of(HttpServerRequest request, Buffer body) {
        ObjectNode options = body.length() == 0 ? asked(request) : given(request, body);
        String kind = options.path("kind").asText("DeleteOptions");
        if (!kind.equals("DeleteOptions")) {
            String version = options.path("apiVersion").asText("v1");
            throw ApiError.badRequest("no kind " + Json.quoted(kind) + " is registered for version "
                    + Json.quoted(version) + " in scheme \"pkg/runtime/scheme.go:111\"");
        }
        check(options);
        if (options.has("orphanDependents")) {
            options.put("propagationPolicy", options.path("orphanDependents").asBoolean() ? "Orphan" : "Background");
        }
        return new DeleteOptions(options, !options.path("dryRun").isEmpty());
    }

    /// What the body says; then the query counts for nothing.
    private static ObjectNode given(HttpServerRequest request, Buffer body) {
        try {
            ObjectNode options = Bodies.object(request, body, new ArrayList<>());
            String unreadable = BodyKind.unreadable(options);
            if (!unreadable.isEmpty()) {
                throw new BodyText.Unreadable(unreadable);
            }
            return options;
        } catch (BodyText.Unreadable e) {
            throw ApiError.badRequest(String.valueOf(e.getMessage()));
        }
    }

    private static ObjectNode asked(HttpServerRequest request) {
        ObjectNode options = Json.object();
        String policy = request.getParam("propagationPolicy");
        if (policy != null) {
            options.put("propagationPolicy", policy);
        }
        if (request.getParam("gracePeriodSeconds") != null) {
            options.put("gracePeriodSeconds", Numbers.of(request, "gracePeriodSeconds"));
        }
        if (request.getParam("orphanDependents") != null) {
            options.put("orphanDependents", Answers.flag(request, "orphanDependents"));
        }
        if (request.getParam("dryRun") != null) {
            options.putArray("dryRun").add(request.getParam("dryRun"));
        }
        return options;
    }

    private static void check(ObjectNode options) {
        List<Violation> wrong = new ArrayList<>();
        JsonNode policy = options.path("propagationPolicy");
        if (options.has("orphanDependents") && !policy.isMissingNode()) {
            wrong.add(Violation.invalid(
                    "propagationPolicy", policy, "orphanDependents and deletionPropagation cannot be both set"));
        }
        if (!policy.asText().isEmpty() && !POLICIES.subList(0, 3).contains(policy.asText())) {
            Stream<JsonNode> known = POLICIES.stream().map(TextNode::valueOf);
            wrong.add(Violation.unsupported("propagationPolicy", policy, known.toList()));
        }
        JsonNode dryRun = options.path("dryRun");
        if (!dryRun.isEmpty() && !dryRun.path(0).asText().equals("All")) {
            wrong.add(Violation.unsupported("dryRun", dryRun, List.of(TextNode.valueOf("All"))));
        }
        if (!wrong.isEmpty()) {
            throw ApiError.invalid("meta.k8s.io", "DeleteOptions", "", wrong);
        }
    }
}
