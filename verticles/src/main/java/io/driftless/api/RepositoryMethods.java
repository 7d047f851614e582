package io.driftless.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.http.HttpFailure;
import io.driftless.rpc.Call;
import io.driftless.rpc.Methods;
import io.driftless.settings.HttpLogin;
import io.driftless.settings.LabelledSecrets;
import io.driftless.settings.RepositoryLogins;
import io.driftless.settings.RepositorySecret;
import java.util.List;
import java.util.Optional;

/// Repositories: declared in Secrets, tried out over HTTP, shown without credentials.
final class RepositoryMethods {
    private static final String SERVICE = "repository.RepositoryService/";
    private static final int LONGEST_URL = 2_048;
    private final RepositoryUse use;
    private final ControlSecrets control;
    private final LabelledSecrets secrets;
    private final RepositoryLogins logins;
    private final ConnectionStates states;
    private final Security security;

    RepositoryMethods(RepositoryUse use, ControlSecrets control, LabelledSecrets secrets, Security security) {
        this.use = use;
        this.control = control;
        this.secrets = secrets;
        this.logins = new RepositoryLogins(secrets, use.repositories(), use.credentials());
        this.states = new ConnectionStates();
        this.security = security;
    }

    void register(Methods methods) {
        String infix = use.infix();
        methods.unary(SERVICE + "List" + infix + "Repositories", this::list)
                .unary(SERVICE + "Get" + infix, this::get)
                .unary(SERVICE + "Create" + infix + "Repository", this::create)
                .unary(SERVICE + "Update" + infix + "Repository", this::update)
                .unary(SERVICE + "Delete" + infix + "Repository", this::delete)
                .unary(SERVICE + "Validate" + infix + "Access", this::validate);
        if (infix.isEmpty()) {
            methods.unary(SERVICE + "List", this::list)
                    .unary(SERVICE + "Create", this::create)
                    .unary(SERVICE + "Update", this::update)
                    .unary(SERVICE + "Delete", this::delete);
        }
    }

    private JsonNode list(Call call, ObjectNode request) {
        String project = request.path("appProject").asText("");
        List<JsonNode> visible = secrets.ofType(use.repositories()).stream()
                .filter(secret ->
                        project.isEmpty() || RepositorySecret.project(secret).equals(project))
                .filter(secret -> security.rbac().allows(call.caller(), use.resource(), "get", object(secret)))
                .toList();
        states.look(visible, logins, request.path("forceRefresh").asBoolean());
        ObjectNode list = JsonNodeFactory.instance.objectNode();
        list.putObject("metadata");
        ArrayNode items = list.putArray("items");
        visible.forEach(secret -> items.add(shown(secret)));
        return list;
    }

    private JsonNode get(Call call, ObjectNode request) {
        JsonNode secret = named(call, "get", request);
        states.look(List.of(secret), logins, request.path("forceRefresh").asBoolean());
        return shown(secret);
    }

    private JsonNode create(Call call, ObjectNode request) {
        JsonNode sent = request.path("repo");
        String url = url(sent);
        String project = sent.path("project").asText("");
        security.rbac().require(call.caller(), use.resource(), "create", object(url, project));
        if (!sent.path("password").asText("").isEmpty()
                && !sent.path("bearerToken").asText("").isEmpty()) {
            throw HttpFailure.invalid("a repository has a password or a bearerToken, not both");
        }
        tried(sent);
        Optional<JsonNode> existing = logins.repository(url, project)
                .filter(secret -> RepositorySecret.project(secret).equals(project));
        if (existing.isEmpty()) {
            ObjectNode secret =
                    control.fresh(SecretNames.repository(use.repositoryPrefix(), url, project), use.repositories());
            RepositorySecret.write(secret, sent, "repo");
            Optional<JsonNode> created = control.create(secret);
            if (created.isPresent()) {
                return shown(created.get());
            }
            throw HttpFailure.conflict("a Secret of this name exists and declares something else");
        }
        security.rbac().require(call.caller(), use.resource(), "update", object(url, project));
        if (!request.path("upsert").asBoolean()) {
            if (same(existing.get(), sent)) {
                return shown(existing.get());
            }
            throw HttpFailure.invalid("existing repository spec is different, use upsert flag to force update");
        }
        return changed(existing.get(), sent);
    }

    private JsonNode update(Call call, ObjectNode request) {
        JsonNode sent = request.path("repo");
        String url = url(sent);
        ObjectNode query = JsonNodeFactory.instance.objectNode().put("repo", url);
        JsonNode secret = named(
                call, "update", query.put("appProject", sent.path("project").asText("")));
        security.rbac()
                .require(
                        call.caller(),
                        use.resource(),
                        "update",
                        object(url, sent.path("project").asText("")));
        return changed(secret, sent);
    }

    private JsonNode changed(JsonNode secret, JsonNode sent) {
        states.forget(secret);
        return shown(control.change(
                secret,
                current -> {
                    RepositorySecret.write(current, sent, "repo");
                    return current;
                },
                missing(RepositorySecret.url(secret))));
    }

    private JsonNode delete(Call call, ObjectNode request) {
        JsonNode secret = named(call, "delete", request);
        control.delete(secret, missing(RepositorySecret.url(secret)));
        states.forget(secret);
        return JsonNodeFactory.instance.objectNode();
    }

    private JsonNode validate(Call call, ObjectNode request) {
        security.rbac()
                .require(
                        call.caller(),
                        use.resource(),
                        "create",
                        object(url(request), request.path("project").asText("")));
        tried(request);
        return JsonNodeFactory.instance.objectNode();
    }

    /// Whether the repository answers; credentials that are declared for its URL count where none are sent.
    private void tried(JsonNode sent) {
        String type = sent.path("type").asText("");
        if (type.equals("helm") || type.equals("oci")) {
            // It is kept for those who can read it; what would deploy from it is refused when it is rendered.
            url(sent);
            return;
        }
        if (!type.isEmpty() && !type.equals("git")) {
            throw HttpFailure.invalid("type of a repository must be git, helm or oci");
        }
        if (!sent.path("sshPrivateKey").asText("").isEmpty()
                || !sent.path("githubAppPrivateKey").asText("").isEmpty()) {
            throw HttpFailure.unsupported("a repository opened by a key");
        }
        HttpLogin given = new HttpLogin(
                sent.path("username").asText(""),
                sent.path("password").asText(""),
                sent.path("bearerToken").asText(""),
                sent.path("insecure").asBoolean());
        String url = url(sent);
        GitRemote.refs(
                url,
                given.empty() ? logins.of(url, sent.path("project").asText("")).orElse(given) : given);
    }

    private JsonNode named(Call call, String action, ObjectNode request) {
        String url = url(request);
        Optional<JsonNode> secret =
                logins.repository(url, request.path("appProject").asText(""));
        // Who may not see it gets the same answer as when there is none.
        security.rbac()
                .require(
                        call.caller(),
                        use.resource(),
                        action,
                        secret.map(RepositoryMethods::object).orElse(url));
        return secret.orElseThrow(() -> missing(url));
    }

    private ObjectNode shown(JsonNode secret) {
        ObjectNode shown = RepositorySecret.shown(secret, "repo");
        boolean inherited = RepositorySecret.login(secret).empty()
                && logins.of(RepositorySecret.url(secret), RepositorySecret.project(secret))
                        .filter(login -> !login.empty())
                        .isPresent();
        if (inherited) {
            shown.put("inheritedCreds", true);
        }
        shown.set("connectionState", states.of(secret));
        return shown;
    }

    private static boolean same(JsonNode secret, JsonNode sent) {
        ObjectNode again = secret.deepCopy();
        RepositorySecret.write(again, sent, "repo");
        return again.path("data").equals(secret.path("data"));
    }

    private static String url(JsonNode sent) {
        String url = sent.path("repo").asText("");
        if (url.isBlank()) {
            throw HttpFailure.invalid("field repo is missing");
        }
        if (url.length() > LONGEST_URL || url.chars().anyMatch(c -> c <= ' ' || c == 0x7f)) {
            throw HttpFailure.invalid("field repo is no address: it is too long, or has spaces or control characters");
        }
        return url;
    }

    private static String object(JsonNode secret) {
        return object(RepositorySecret.url(secret), RepositorySecret.project(secret));
    }

    private static String object(String url, String project) {
        return project.isEmpty() ? url : project + '/' + url;
    }

    private static HttpFailure missing(String url) {
        return HttpFailure.notFound("repo '" + url + "' not found");
    }
}
