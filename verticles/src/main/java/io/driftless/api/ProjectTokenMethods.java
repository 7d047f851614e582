package io.driftless.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.http.HttpFailure;
import io.driftless.rpc.Call;
import io.driftless.rpc.Methods;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Tokens of project roles, listed in the AppProject itself.
final class ProjectTokenMethods {
    private static final String SERVICE = "project.ProjectService/";
    private final ControlObjects objects;
    private final ProjectMethods projects;
    private final Security security;
    private final String namespace;

    ProjectTokenMethods(ControlObjects objects, ProjectMethods projects, Security security, String namespace) {
        this.objects = objects;
        this.projects = projects;
        this.security = security;
        this.namespace = namespace;
    }

    void register(Methods methods) {
        methods.unary(SERVICE + "CreateToken", this::create).unary(SERVICE + "DeleteToken", this::delete);
    }

    private JsonNode create(Call call, ObjectNode request) {
        Security.Guarded guarded = security.accounts()
                .orElseThrow(() -> HttpFailure.precondition("this server has no accounts (--auth none)"));
        String project = request.path("project").asText("");
        String role = request.path("role").asText("");
        security.rbac().require(call.caller(), "projects", "update", project);
        long seconds = request.path("expiresIn").asLong();
        if (seconds < 0) {
            throw HttpFailure.invalid("expiresIn must not be negative");
        }
        String id = request.path("id").asText("").isEmpty()
                ? UUID.randomUUID().toString()
                : request.path("id").asText();
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        @Nullable Instant expires = seconds == 0 ? null : now.plusSeconds(Math.min(seconds, 1L << 36));
        edit(project, role, tokens -> {
            for (JsonNode token : tokens) {
                if (token.path("id").asText("").equals(id)) {
                    throw HttpFailure.invalid("project token with id '" + id + "' already exists");
                }
            }
            ObjectNode token =
                    tokens.addObject().put("iat", now.getEpochSecond()).put("id", id);
            if (expires != null) {
                token.put("exp", expires.getEpochSecond());
            }
        });
        String token = guarded.sessions().issue("proj:" + project + ':' + role, id, now, expires);
        return JsonNodeFactory.instance.objectNode().put("token", token);
    }

    private JsonNode delete(Call call, ObjectNode request) {
        String project = request.path("project").asText("");
        security.rbac().require(call.caller(), "projects", "update", project);
        String id = request.path("id").asText("");
        long issued = request.path("iat").asLong();
        edit(project, request.path("role").asText(""), tokens -> {
            for (int i = tokens.size() - 1; i >= 0; i--) {
                JsonNode token = tokens.path(i);
                boolean meant = id.isEmpty()
                        ? token.path("iat").asLong() == issued
                        : token.path("id").asText("").equals(id);
                if (meant) {
                    tokens.remove(i);
                }
            }
        });
        return JsonNodeFactory.instance.objectNode();
    }

    private void edit(String project, String role, Consumer<ArrayNode> edit) {
        projects.seen(objects.change(
                namespace,
                project,
                current -> {
                    for (JsonNode candidate : current.path("spec").path("roles")) {
                        if (candidate.path("name").asText().equals(role) && candidate instanceof ObjectNode found) {
                            edit.accept((ArrayNode) found.withArrayProperty("jwtTokens"));
                            mirror(current, role, found.path("jwtTokens"));
                            return current;
                        }
                    }
                    throw HttpFailure.notFound("role '" + role + "' does not exist in project '" + project + "'");
                },
                () -> ProjectMethods.missing(project)));
    }

    /// Argo CD reads tokens from the status as well.
    private static void mirror(ObjectNode project, String role, JsonNode tokens) {
        project.withObjectProperty("status")
                .withObjectProperty("jwtTokensByRole")
                .putObject(role)
                .set("items", tokens.deepCopy());
    }
}
