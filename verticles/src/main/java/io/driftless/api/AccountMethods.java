package io.driftless.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.auth.Account;
import io.driftless.auth.Caller;
import io.driftless.auth.Caller.Kind;
import io.driftless.http.HttpFailure;
import io.driftless.rpc.Call;
import io.driftless.rpc.Methods;

/// Local accounts, their passwords and tokens. An account sees and changes itself; others need the right to.
final class AccountMethods {
    private static final String SERVICE = "account.AccountService/";
    private static final String RESOURCE = "accounts";
    private final Security security;

    AccountMethods(Security security) {
        this.security = security;
    }

    void register(Methods methods) {
        methods.unary(SERVICE + "CanI", this::canI)
                .unary(SERVICE + "UpdatePassword", this::updatePassword)
                .unary(SERVICE + "ListAccounts", this::list)
                .unary(SERVICE + "GetAccount", this::get)
                .unary(SERVICE + "CreateToken", this::createToken)
                .unary(SERVICE + "DeleteToken", this::deleteToken);
    }

    private Security.Guarded guarded() {
        return security.accounts()
                .orElseThrow(() -> HttpFailure.precondition("this server has no accounts (--auth none)"));
    }

    private JsonNode canI(Call call, ObjectNode request) {
        boolean can = security.rbac()
                .allows(
                        call.caller(),
                        request.path("resource").asText(""),
                        request.path("action").asText(""),
                        request.path("subresource").asText(""));
        return JsonNodeFactory.instance.objectNode().put("value", can ? "yes" : "no");
    }

    private JsonNode updatePassword(Call call, ObjectNode request) {
        Security.Guarded guarded = guarded();
        if (call.caller().kind() != Kind.SESSION) {
            throw HttpFailure.forbidden("passwords are changed in a session of one's own, not with a token");
        }
        String name = request.path("name").asText("").isEmpty()
                ? call.caller().subject()
                : request.path("name").asText();
        requireOn(call, "update", name);
        guarded.changes()
                .password(
                        call.caller().subject(),
                        request.path("currentPassword").asText(""),
                        name,
                        request.path("newPassword").asText(""));
        return JsonNodeFactory.instance.objectNode();
    }

    private JsonNode list(Call call, ObjectNode request) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode items = answer.putArray("items");
        guarded().sessions().accounts().values().stream()
                .filter(account -> self(call, account.name())
                        || security.rbac().allows(call.caller(), RESOURCE, "get", account.name()))
                .forEach(account -> items.add(document(account)));
        return answer;
    }

    private JsonNode get(Call call, ObjectNode request) {
        String name = request.path("name").asText("");
        guarded();
        requireOn(call, "get", name);
        return document(guarded().changes().known(name));
    }

    private JsonNode createToken(Call call, ObjectNode request) {
        String name = request.path("name").asText("");
        guarded();
        requireOn(call, "update", name);
        String token = guarded()
                .changes()
                .createToken(
                        name,
                        request.path("id").asText(""),
                        request.path("expiresIn").asLong());
        return JsonNodeFactory.instance.objectNode().put("token", token);
    }

    private JsonNode deleteToken(Call call, ObjectNode request) {
        String name = request.path("name").asText("");
        guarded();
        requireOn(call, "update", name);
        guarded().changes().deleteToken(name, request.path("id").asText(""));
        return JsonNodeFactory.instance.objectNode();
    }

    private void requireOn(Call call, String action, String account) {
        if (!self(call, account)) {
            security.rbac().require(call.caller(), RESOURCE, action, account);
        }
    }

    private static boolean self(Call call, String account) {
        Caller caller = call.caller();
        return caller.kind() != Kind.PROJECT_TOKEN
                && !caller.anonymous()
                && caller.subject().equals(account);
    }

    private static ObjectNode document(Account account) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("name", account.name()).put("enabled", account.enabled());
        ArrayNode capabilities = document.putArray("capabilities");
        account.capabilities().stream().sorted().forEach(capabilities::add);
        ArrayNode tokens = document.putArray("tokens");
        account.tokens().forEach(token -> {
            ObjectNode node = tokens.addObject().put("id", token.id()).put("issuedAt", token.issuedAt());
            if (token.expiresAt() != 0) {
                node.put("expiresAt", token.expiresAt());
            }
        });
        return document;
    }
}
