package io.driftless.sandbox;

import io.driftless.sandbox.Store.Key;
import io.driftless.sandbox.access.Attempt;
import io.driftless.sandbox.access.Caller;
import io.driftless.sandbox.access.Rbac;
import io.driftless.sandbox.access.User;
import io.driftless.sandbox.model.ApiError;
import io.vertx.core.http.HttpServerRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Finds out who asks and lets them in or not. A request without credentials is the administrator's and costs a look at
/// three headers; everybody else has the rights of their roles.
final class AccessGate {
    private static final String USER = "Impersonate-User";
    private static final String GROUP = "Impersonate-Group";
    private static final String UID = "Impersonate-Uid";
    private static final String EXTRA = "impersonate-extra-";
    private static final String BEARER = "Bearer ";
    private final Store store;
    private final Rbac rbac;
    private final ServiceAccountTokens tokens;

    AccessGate(Store store, Rbac rbac, ServiceAccountTokens tokens) {
        this.store = store;
        this.rbac = rbac;
        this.tokens = tokens;
    }

    /// Does what a request asks for as its user; refused ones are not done.
    void pass(HttpServerRequest request, Runnable handling) {
        User user = user(request);
        if (user.unlimited()) {
            handling.run();
            return;
        }
        Attempt attempt = attempt(request);
        allow(user, attempt);
        if (creates(request, attempt)) {
            allow(user, attempt.doing("create"));
        }
        ScopedValue.where(Caller.CURRENT, new Caller(user, rbac)).run(handling);
    }

    /// Who asks; an impersonated one where the real one may do that.
    User user(HttpServerRequest request) {
        User real = authenticated(request);
        String name = request.getHeader(USER);
        if (name == null || name.isEmpty()) {
            if (request.headers().contains(GROUP)) {
                throw ApiError.badRequest("groups are requested without impersonating a user name");
            }
            return real;
        }
        List<String> groups = request.headers().getAll(GROUP);
        Map<String, List<String>> extra = new LinkedHashMap<>();
        request.headers().names().stream()
                .filter(header -> header.toLowerCase(Locale.ROOT).startsWith(EXTRA))
                .forEach(header -> extra.put(
                        decoded(header.substring(EXTRA.length()).toLowerCase(Locale.ROOT)),
                        request.headers().getAll(header)));
        String uid = request.getHeader(UID);
        User wished = User.named(name, uid == null ? "" : uid, groups, extra);
        if (!real.unlimited() && !mayActAs(real, wished, groups)) {
            throw forbidden(
                    real,
                    attempt(request)
                            .doing("impersonate-on:user-info:"
                                    + attempt(request).verb()));
        }
        return wished;
    }

    private User authenticated(HttpServerRequest request) {
        String header = request.getHeader("Authorization");
        if (header == null || !header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return User.ADMIN;
        }
        return tokens.user(header.substring(BEARER.length()).strip(), ServiceAccountTokens.audience())
                .orElseThrow(() -> ApiError.of(401, "Unauthorized", "Unauthorized"));
    }

    private boolean mayActAs(User real, User wished, List<String> groups) {
        List<Attempt> needed = new ArrayList<>();
        String[] account = wished.name().split(":");
        if (wished.name().startsWith("system:serviceaccount:") && account.length == 4) {
            needed.add(new Attempt("impersonate", "", "serviceaccounts", "", account[2], account[3], ""));
        } else {
            needed.add(new Attempt("impersonate", "", "users", "", "", wished.name(), ""));
        }
        groups.forEach(group -> needed.add(new Attempt("impersonate", "", "groups", "", "", group, "")));
        String own = "authentication.k8s.io";
        if (!wished.uid().isEmpty()) {
            needed.add(new Attempt("impersonate", own, "uids", "", "", wished.uid(), ""));
        }
        wished.extra()
                .forEach((key, values) -> values.forEach(
                        value -> needed.add(new Attempt("impersonate", own, "userextras", key, "", value, ""))));
        return needed.stream().allMatch(attempt -> rbac.decide(real, attempt).allowed());
    }

    private static Attempt attempt(HttpServerRequest request) {
        List<String> parts = new ArrayList<>();
        for (String part : request.path().split("/")) {
            if (!part.isEmpty()) {
                parts.add(decoded(part));
            }
        }
        String selector = request.getParam("fieldSelector", "");
        String name = selector.startsWith("metadata.name=") && !selector.contains(",")
                ? selector.substring("metadata.name=".length()).replaceFirst("^=", "")
                : "";
        Attempt.Query query = new Attempt.Query(Answers.flag(request, "watch"), name);
        return Attempt.of(request.method().name(), request.path(), parts, query);
    }

    private static String decoded(String part) {
        return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private void allow(User user, Attempt attempt) {
        if (!rbac.decide(user, attempt).allowed()) {
            throw forbidden(user, attempt);
        }
    }

    private static ApiError forbidden(User user, Attempt attempt) {
        return attempt.ofPath()
                ? ApiError.of(403, "Forbidden", "forbidden: " + attempt.refusal(user))
                : ApiError.forbidden(attempt.resource(), attempt.group(), attempt.name(), attempt.refusal(user));
    }

    /// An apply to what does not exist yet.
    private boolean creates(HttpServerRequest request, Attempt attempt) {
        String type = request.getHeader("content-type");
        String id = attempt.group().isEmpty() ? attempt.resource() : attempt.resource() + "." + attempt.group();
        String namespace = id.equals("namespaces") ? "" : attempt.namespace();
        return attempt.verb().equals("patch")
                && attempt.subresource().isEmpty()
                && type != null
                && type.startsWith("application/apply-patch")
                && store.get(new Key(id, namespace, attempt.name())) == null;
    }
}
