package io.driftless.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.auth.Caller;
import io.driftless.http.HttpFailure;
import io.driftless.rpc.Call;
import io.driftless.rpc.Methods;

/// Logging in, logging out, and who one is.
final class SessionMethods {
    private static final String SERVICE = "session.SessionService/";
    private final Security security;
    private final String path;

    /// @param path below which browsers see the server; empty for the root
    SessionMethods(Security security, String path) {
        this.security = security;
        this.path = path;
    }

    void register(Methods methods) {
        methods.unary(SERVICE + "Create", this::create)
                .unary(SERVICE + "Delete", this::delete)
                .unary(SERVICE + "GetUserInfo", this::user);
    }

    private JsonNode create(Call call, ObjectNode request) {
        Security.Guarded guarded = security.accounts()
                .orElseThrow(() -> HttpFailure.precondition(
                        "this server has no accounts (--auth none): leave the login out, every call is let in"));
        if (!request.path("token").asText("").isEmpty()) {
            throw HttpFailure.unsupported("a session made from a token");
        }
        String token = guarded.sessions()
                .login(
                        request.path("username").asText(""),
                        request.path("password").asText(""),
                        call.from());
        call.answerHeader("Set-Cookie", SessionCookie.set(token, path, call.secure()));
        return JsonNodeFactory.instance.objectNode().put("token", token);
    }

    private JsonNode delete(Call call, ObjectNode request) {
        security.accounts().ifPresent(guarded -> guarded.sessions().logout(call.caller()));
        call.answerHeader("Set-Cookie", SessionCookie.clear(path, call.secure()));
        return JsonNodeFactory.instance.objectNode().put("token", "");
    }

    private JsonNode user(Call call, ObjectNode request) {
        Caller caller = call.caller();
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        if (caller.anonymous()) {
            return answer.put("loggedIn", false);
        }
        boolean open = caller.kind() == Caller.Kind.UNRESTRICTED;
        answer.put("loggedIn", true).put("username", caller.name()).put("iss", open ? "driftless" : caller.issuer());
        if (!caller.groups().isEmpty()) {
            caller.groups().forEach(answer.putArray("groups")::add);
        }
        return answer;
    }
}
