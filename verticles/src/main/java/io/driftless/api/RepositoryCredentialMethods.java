package io.driftless.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.http.HttpFailure;
import io.driftless.rpc.Call;
import io.driftless.rpc.Methods;
import io.driftless.settings.LabelledSecrets;
import io.driftless.settings.RepositorySecret;
import java.util.Optional;

/// Credentials for all repositories below a URL.
final class RepositoryCredentialMethods {
    private static final String SERVICE = "repocreds.RepoCredsService/";
    private final RepositoryUse use;
    private final ControlSecrets control;
    private final LabelledSecrets secrets;
    private final Security security;

    RepositoryCredentialMethods(RepositoryUse use, ControlSecrets control, LabelledSecrets secrets, Security security) {
        this.use = use;
        this.control = control;
        this.secrets = secrets;
        this.security = security;
    }

    void register(Methods methods) {
        String what = use.infix() + "RepositoryCredentials";
        methods.unary(SERVICE + "List" + what, this::list)
                .unary(SERVICE + "Create" + what, this::create)
                .unary(SERVICE + "Update" + what, this::update)
                .unary(SERVICE + "Delete" + what, this::delete);
    }

    private JsonNode list(Call call, ObjectNode request) {
        String url = request.path("url").asText("");
        ObjectNode list = JsonNodeFactory.instance.objectNode();
        list.putObject("metadata");
        ArrayNode items = list.putArray("items");
        secrets.ofType(use.credentials()).stream()
                .filter(secret -> url.isEmpty() || RepositorySecret.url(secret).equals(url))
                .filter(secret ->
                        security.rbac().allows(call.caller(), use.resource(), "get", RepositorySecret.url(secret)))
                .forEach(secret -> items.add(RepositorySecret.shown(secret, "url")));
        return list;
    }

    private JsonNode create(Call call, ObjectNode request) {
        JsonNode sent = request.path("creds");
        String url = url(sent);
        security.rbac().require(call.caller(), use.resource(), "create", url);
        ObjectNode secret = control.fresh(SecretNames.repository(use.credentialPrefix(), url, ""), use.credentials());
        RepositorySecret.write(secret, sent, "url");
        Optional<JsonNode> existing = find(url);
        if (existing.isEmpty()) {
            return control.create(secret)
                    .map(created -> RepositorySecret.shown(created, "url"))
                    .orElseThrow(
                            () -> HttpFailure.conflict("a Secret of this name exists and declares something else"));
        }
        security.rbac().require(call.caller(), use.resource(), "update", url);
        if (existing.get().path("data").equals(secret.path("data"))) {
            return RepositorySecret.shown(existing.get(), "url");
        }
        if (!request.path("upsert").asBoolean()) {
            throw HttpFailure.invalid(
                    "existing repository credentials spec is different, use upsert flag to force update");
        }
        return changed(existing.get(), sent);
    }

    private JsonNode update(Call call, ObjectNode request) {
        JsonNode sent = request.path("creds");
        security.rbac().require(call.caller(), use.resource(), "update", url(sent));
        return changed(find(url(sent)).orElseThrow(() -> missing(url(sent))), sent);
    }

    private JsonNode changed(JsonNode secret, JsonNode sent) {
        return RepositorySecret.shown(
                control.change(
                        secret,
                        current -> {
                            RepositorySecret.write(current, sent, "url");
                            return current;
                        },
                        missing(url(sent))),
                "url");
    }

    private JsonNode delete(Call call, ObjectNode request) {
        String url = url(request);
        security.rbac().require(call.caller(), use.resource(), "delete", url);
        control.delete(find(url).orElseThrow(() -> missing(url)), missing(url));
        return JsonNodeFactory.instance.objectNode();
    }

    private Optional<JsonNode> find(String url) {
        return secrets.ofType(use.credentials()).stream()
                .filter(secret -> RepositorySecret.url(secret).equals(url))
                .findFirst();
    }

    private static String url(JsonNode sent) {
        String url = sent.path("url").asText("");
        if (url.isBlank()) {
            throw HttpFailure.invalid("field url is missing");
        }
        return url;
    }

    private static HttpFailure missing(String url) {
        return HttpFailure.notFound("repository credentials '" + url + "' not found");
    }
}
