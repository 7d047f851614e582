package io.driftless.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.sandbox.access.Attempt;
import io.driftless.sandbox.access.Rbac;
import io.driftless.sandbox.access.Rule;
import io.driftless.sandbox.access.User;
import io.driftless.sandbox.custom.Violation;
import io.driftless.sandbox.model.ApiError;
import io.driftless.sandbox.model.Json;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Questions that are asked by creating an object which is not kept: who am I, whose is this token, may somebody do
/// that; and the tokens of service accounts.
final class ReviewRequests {
    private final AccessGate gate;
    private final Rbac rbac;
    private final ServiceAccountTokens tokens;

    ReviewRequests(AccessGate gate, Rbac rbac, ServiceAccountTokens tokens) {
        this.gate = gate;
        this.rbac = rbac;
        this.tokens = tokens;
    }

    /// Whether a request asks such a question.
    static boolean about(RequestPath path) {
        return !path.type().verbs().contains("get") && !path.type().id().equals("bindings")
                || path.subresource().equals("token");
    }

    void handle(HttpServerRequest request, RequestPath path, Buffer body) {
        if (!request.method().name().equals("POST")) {
            throw ApiError.methodNotAllowed();
        }
        ObjectNode asked = Bodies.object(request, path.type(), body, new ArrayList<>());
        Answers.send(request.response(), 201, answer(request, path, asked), Answers.JSON);
    }

    private ObjectNode answer(HttpServerRequest request, RequestPath path, ObjectNode asked) {
        if (path.subresource().equals("token")) {
            return tokens.request(path.namespace(), path.name(), asked);
        }
        JsonNode spec = asked.path("spec");
        ObjectNode out = Json.object()
                .put("kind", path.type().kind())
                .put("apiVersion", path.type().apiVersion());
        ObjectNode meta = out.putObject("metadata");
        if (!path.namespace().isEmpty()) {
            meta.put("namespace", path.namespace());
        }
        if (!path.type().kind().equals("SelfSubjectReview")) {
            out.set("spec", spec.isObject() ? spec : Json.object());
        }
        ObjectNode status = Json.object();
        switch (path.type().kind()) {
            case "SelfSubjectReview" -> {
                Json.meta(out).put("creationTimestamp", Json.now());
                status.set("userInfo", user(gate.user(request)));
            }
            case "TokenReview" -> {
                if (spec.path("token").asText().isEmpty()) {
                    throw ApiError.badRequest("token is required for TokenReview in authentication");
                }
                token(spec, status);
            }
            case "SelfSubjectRulesReview" -> rules(gate.user(request), spec, status);
            case "SelfSubjectAccessReview" -> decide(path, gate.user(request), spec, status);
            default -> decide(path, subject(path, spec), spec, status);
        }
        out.set("status", status);
        return out;
    }

    private static ObjectNode user(User user) {
        ObjectNode out = Json.object().put("username", user.name());
        if (!user.uid().isEmpty()) {
            out.put("uid", user.uid());
        }
        ArrayNode groups = out.putArray("groups");
        user.groups().forEach(groups::add);
        if (!user.extra().isEmpty()) {
            ObjectNode extra = out.putObject("extra");
            user.extra().forEach((key, values) -> values.forEach(extra.putArray(key)::add));
        }
        return out;
    }

    private void token(JsonNode spec, ObjectNode status) {
        List<String> audiences = new ArrayList<>();
        spec.path("audiences").forEach(a -> audiences.add(a.asText()));
        List<String> wanted = audiences.isEmpty() ? ServiceAccountTokens.audience() : audiences;
        Optional<User> user = tokens.user(spec.path("token").asText(), wanted);
        if (user.isEmpty()) {
            status.putObject("user");
            status.put("error", "invalid bearer token");
            return;
        }
        status.put("authenticated", true);
        status.set("user", user(user.get()));
        wanted.forEach(status.putArray("audiences")::add);
    }

    private static User subject(RequestPath path, JsonNode spec) {
        List<String> groups = new ArrayList<>();
        spec.path("groups").forEach(g -> groups.add(g.asText()));
        String name = spec.path("user").asText();
        if (name.isEmpty() && groups.isEmpty()) {
            throw invalid(
                    path, Violation.invalid("spec.user", "\"\"", "at least one of user or group must be specified"));
        }
        return new User(name, spec.path("uid").asText(), groups, java.util.Map.of());
    }

    private void decide(RequestPath path, User user, JsonNode spec, ObjectNode status) {
        JsonNode resource = spec.path("resourceAttributes");
        JsonNode url = spec.path("nonResourceAttributes");
        if (resource.isObject() == url.isObject()) {
            throw invalid(
                    path,
                    Violation.invalid(
                            "spec.resourceAttributes",
                            resource.isObject() ? resource.toString() : "null",
                            "exactly one of nonResourceAttributes or resourceAttributes must be specified"));
        }
        String namespace = resource.path("namespace").asText();
        if (path.type().namespaced() && !namespace.equals(path.namespace())) {
            throw invalid(
                    path,
                    Violation.invalid(
                            "spec.resourceAttributes.namespace",
                            '"' + namespace + '"',
                            "must match metadata.namespace"));
        }
        Attempt attempt = url.isObject()
                ? Attempt.onPath(url.path("verb").asText(), url.path("path").asText())
                : new Attempt(
                        resource.path("verb").asText(),
                        resource.path("group").asText(),
                        resource.path("resource").asText(),
                        resource.path("subresource").asText(),
                        namespace,
                        resource.path("name").asText(),
                        "");
        Rbac.Verdict verdict = rbac.decide(user, attempt);
        status.put("allowed", verdict.allowed());
        if (!verdict.reason().isEmpty()) {
            status.put("reason", verdict.reason());
        }
    }

    private void rules(User user, JsonNode spec, ObjectNode status) {
        String namespace = spec.path("namespace").asText();
        if (namespace.isEmpty()) {
            throw ApiError.badRequest("no namespace on request");
        }
        ArrayNode resources = status.putArray("resourceRules");
        ArrayNode urls = status.putArray("nonResourceRules");
        for (Rule rule : rbac.rules(user, namespace)) {
            if (!rule.resources().isEmpty()) {
                ObjectNode one = resources.addObject();
                texts(one, "verbs", rule.verbs());
                texts(one, "apiGroups", rule.groups());
                texts(one, "resources", rule.resources());
                texts(one, "resourceNames", rule.names());
            }
            if (!rule.urls().isEmpty()) {
                ObjectNode one = urls.addObject();
                texts(one, "verbs", rule.verbs());
                texts(one, "nonResourceURLs", rule.urls());
            }
        }
        status.put("incomplete", false);
    }

    private static void texts(ObjectNode node, String name, List<String> values) {
        if (!values.isEmpty()) {
            values.forEach(node.putArray(name)::add);
        }
    }

    private static ApiError invalid(RequestPath path, Violation wrong) {
        return ApiError.invalid(path.type().group(), "", "", List.of(wrong));
    }
}
