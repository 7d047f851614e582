package io.driftless.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.sandbox.Store.Key;
import io.driftless.sandbox.access.Tokens;
import io.driftless.sandbox.access.User;
import io.driftless.sandbox.custom.Violation;
import io.driftless.sandbox.model.ApiError;
import io.driftless.sandbox.model.Json;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Tokens of service accounts, good for as long as the account (and what a token is bound to) is there.
final class ServiceAccountTokens {
    private static final String ISSUER = "https://kubernetes.default.svc";
    private static final String TOKEN_ID = "authentication.kubernetes.io/credential-id";
    private static final long SHORTEST_SECONDS = 600;
    private static final long USUAL_SECONDS = 3600;
    private static final long LONGEST_SECONDS = 1L << 32;

    /// What a token may be bound to.
    private static final Map<String, String> BOUND = Map.of("Pod", "pods", "Secret", "secrets");

    private final Store store;
    private final Tokens tokens;

    ServiceAccountTokens(Store store) {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        this.store = store;
        this.tokens = new Tokens(key);
    }

    /// Answers a `TokenRequest` for an account.
    ObjectNode request(String namespace, String name, JsonNode request) {
        Stored account = store.get(new Key("serviceaccounts", namespace, name));
        if (account == null) {
            throw ApiError.notFound("serviceaccounts", "", name);
        }
        long seconds = request.path("spec").path("expirationSeconds").asLong(USUAL_SECONDS);
        if (seconds < SHORTEST_SECONDS || seconds > LONGEST_SECONDS) {
            String why = seconds < SHORTEST_SECONDS
                    ? "may not specify a duration less than 10 minutes"
                    : "may not specify a duration larger than 2^32 seconds";
            Violation wrong = Violation.invalid("spec.expirationSeconds", Long.toString(seconds), why);
            throw ApiError.invalid("authentication.k8s.io", "TokenRequest", "", List.of(wrong));
        }
        Instant now = Instant.now();
        JsonNode asked = request.path("spec").path("audiences");
        JsonNode audiences = asked.isEmpty() ? Json.MAPPER.createArrayNode().add(ISSUER) : asked;
        JsonNode bound = request.path("spec").path("boundObjectRef");
        ObjectNode claims = claims(account, now, audiences);
        claims.put("exp", now.getEpochSecond() + seconds);
        if (bound.isObject()) {
            bind(Json.child(claims, "kubernetes.io"), namespace, bound);
        }
        ObjectNode out = Json.object().put("kind", "TokenRequest").put("apiVersion", "authentication.k8s.io/v1");
        out.putObject("metadata").put("name", name).put("namespace", namespace).put("creationTimestamp", Json.now());
        ObjectNode spec = out.putObject("spec");
        spec.set("audiences", audiences);
        spec.put("expirationSeconds", seconds);
        spec.set("boundObjectRef", bound.isObject() ? bound : Json.MAPPER.nullNode());
        out.putObject("status").put("token", tokens.issue(claims)).put("expirationTimestamp", Json.inSeconds(seconds));
        return out;
    }

    /// A token without an end, for a Secret that is to hold it and that it ends with.
    String lasting(Stored account, Stored secret) {
        ObjectNode claims =
                claims(account, Instant.now(), Json.MAPPER.createArrayNode().add(ISSUER));
        Json.child(claims, "kubernetes.io")
                .putObject("secret")
                .put("name", secret.key().name())
                .put("uid", secret.uid());
        return tokens.issue(claims);
    }

    private static ObjectNode claims(Stored account, Instant now, JsonNode audiences) {
        Key key = account.key();
        ObjectNode claims = Json.object();
        claims.set("aud", audiences);
        claims.put("iat", now.getEpochSecond())
                .put("iss", ISSUER)
                .put("jti", UUID.randomUUID().toString())
                .put("nbf", now.getEpochSecond())
                .put("sub", "system:serviceaccount:" + key.namespace() + ":" + key.name());
        claims.putObject("kubernetes.io")
                .put("namespace", key.namespace())
                .putObject("serviceaccount")
                .put("name", key.name())
                .put("uid", account.uid());
        return claims;
    }

    private void bind(ObjectNode claims, String namespace, JsonNode bound) {
        String kind = bound.path("kind").asText();
        String plural = BOUND.get(kind);
        if (plural == null) {
            throw ApiError.badRequest("cannot bind token to object of type "
                    + ApiError.kind(bound.path("apiVersion").asText("v1"), kind));
        }
        String name = bound.path("name").asText();
        Stored object = store.get(new Key(plural, namespace, name));
        if (object == null) {
            throw ApiError.notFound(plural, "", name);
        }
        String uid = bound.path("uid").asText();
        if (!uid.isEmpty() && !uid.equals(object.uid())) {
            throw ApiError.of(
                    409,
                    "Conflict",
                    "the UID in the bound object reference (" + uid + ") does not match the UID in record ("
                            + object.uid() + "). The object might have been deleted and then recreated");
        }
        claims.putObject(kind.equals("Pod") ? "pod" : "secret")
                .put("name", name)
                .put("uid", object.uid());
    }

    /// Whom a token names; empty where it is worth nothing.
    Optional<User> user(String token, List<String> audiences) {
        return tokens.read(token, Instant.now())
                .filter(claims -> meant(claims.path("aud"), audiences))
                .flatMap(this::named);
    }

    /// The audience of the server itself.
    static List<String> audience() {
        return List.of(ISSUER);
    }

    private static boolean meant(JsonNode given, List<String> wanted) {
        for (JsonNode audience : given) {
            if (wanted.contains(audience.asText())) {
                return true;
            }
        }
        return false;
    }

    private Optional<User> named(JsonNode claims) {
        JsonNode said = claims.path("kubernetes.io");
        String namespace = said.path("namespace").asText();
        String name = said.path("serviceaccount").path("name").asText();
        boolean all = there("serviceaccounts", namespace, said.path("serviceaccount"))
                && (!said.has("pod") || there("pods", namespace, said.path("pod")))
                && (!said.has("secret") || there("secrets", namespace, said.path("secret")));
        if (!all) {
            return Optional.empty();
        }
        Map<String, List<String>> extra =
                Map.of(TOKEN_ID, List.of("JTI=" + claims.path("jti").asText()));
        String uid = said.path("serviceaccount").path("uid").asText();
        return Optional.of(User.serviceAccount(namespace, name, uid, extra));
    }

    private boolean there(String plural, String namespace, JsonNode named) {
        Stored found = store.get(new Key(plural, namespace, named.path("name").asText()));
        return found != null && found.uid().equals(named.path("uid").asText());
    }
}
