package io.driftless.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.cluster.Cluster;
import io.driftless.cluster.Cluster.Change;
import io.driftless.cluster.Cluster.Delete;
import io.driftless.cluster.Cluster.WatchHandler;
import io.driftless.cluster.Cluster.WatchRequest;
import io.driftless.cluster.Clusters;
import io.driftless.events.GroupKind;
import io.driftless.events.ResourceId;
import io.driftless.http.Answers;
import io.driftless.http.HttpFailure;
import io.driftless.http.StrictJson;
import io.driftless.settings.SettingsWatch;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Gives a declared cluster another token of the service account it is reached with, as `argocd` does for
/// `cluster rotate-auth`: a new Secret of the account makes the token, the declaration takes it, and the Secret of the
/// old token is deleted, which ends that token.
final class ClusterRotation {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterRotation.class);
    private static final String TYPE = "kubernetes.io/service-account-token";
    private static final String ACCOUNT = "kubernetes.io/service-account.name";
    private static final GroupKind SECRETS = GroupKind.parse("/Secret");
    private static final long LIMIT_SECONDS = 10;
    private final Clusters clusters;
    private final ControlSecrets control;

    ClusterRotation(Clusters clusters, ControlSecrets control) {
        this.clusters = clusters;
        this.control = control;
    }

    /// Where a token comes from.
    private record Origin(String namespace, String account, String secret) {}

    /// @param declaration the Secret that declares the cluster
    /// @param missing what to fail with when it is gone meanwhile
    void rotate(JsonNode declaration, HttpFailure missing) {
        String server = ClusterDocuments.server(declaration);
        Origin old = origin(config(declaration).path("bearerToken").asText(""), server);
        Cluster cluster = ControlObjects.answered(() -> clusters.of(server));
        ResourceId made = new ResourceId("", "Secret", old.namespace(), old.account() + "-token-" + random());
        ControlObjects.answered(() -> cluster.create(tokenSecret(made, old.account()), "driftless", false));
        String token = "";
        try {
            token = token(cluster, made);
            write(declaration, token, missing);
        } catch (RuntimeException failed) {
            if (token.isEmpty() || !taken(declaration, token, made)) {
                takeBack(cluster, made);
                throw failed;
            }
        }
        ControlObjects.answered(() -> delete(cluster, new ResourceId("", "Secret", old.namespace(), old.secret())));
    }

    private void write(JsonNode declaration, String token, HttpFailure missing) {
        control.change(
                declaration,
                current -> {
                    ObjectNode config = config(current).put("bearerToken", token);
                    current.withObjectProperty("data")
                            .put("config", Base64.getEncoder().encodeToString(Answers.bytes(config)));
                    return current;
                },
                missing);
    }

    /// Whether the declaration has the token although writing it failed: the answer alone may be lost, and then the new
    /// token must not be ended.
    private boolean taken(JsonNode declaration, String token, ResourceId made) {
        try {
            return control.now(declaration)
                    .map(now -> config(now).path("bearerToken").asText("").equals(token))
                    .orElse(false);
        } catch (RuntimeException unknown) {
            throw HttpFailure.unavailable("the control plane does not say whether the cluster's Secret took the new"
                    + " token, so both stay good: rotate again when it answers, and delete Secret "
                    + made.namespace() + '/' + made.name() + " of the cluster if the old token is still in use then");
        }
    }

    private static ObjectNode config(JsonNode declaration) {
        byte[] config = SettingsWatch.decoded(declaration).getOrDefault("config", new byte[0]);
        return config.length == 0
                ? JsonNodeFactory.instance.objectNode()
                : StrictJson.object(config).object();
    }

    /// What a token of a service account's Secret says of itself; older API servers write it flat.
    private static Origin origin(String token, String server) {
        String[] parts = token.split("\\.", -1);
        if (parts.length == 3) {
            try {
                JsonNode claims = StrictJson.object(Base64.getUrlDecoder().decode(parts[1]))
                        .object();
                JsonNode nested = claims.path("kubernetes.io");
                String flat = "kubernetes.io/serviceaccount/";
                Origin origin = new Origin(
                        either(claims.path(flat + "namespace"), nested.path("namespace")),
                        either(
                                claims.path(flat + "service-account.name"),
                                nested.path("serviceaccount").path("name")),
                        either(
                                claims.path(flat + "secret.name"),
                                nested.path("secret").path("name")));
                if (List.of(origin.namespace(), origin.account(), origin.secret()).stream()
                        .noneMatch(String::isEmpty)) {
                    return origin;
                }
            } catch (IllegalArgumentException | HttpFailure unreadable) {
                // As any other text that is no such token.
            }
        }
        throw HttpFailure.invalid("cluster \"" + server + "\" is not reached with a bearer token of a service account's"
                + " Secret, and only those can be rotated: write other credentials with an update of the cluster");
    }

    private static String either(JsonNode flat, JsonNode nested) {
        return flat.isTextual() ? flat.asText() : nested.asText("");
    }

    private static String random() {
        return UUID.randomUUID().toString().substring(0, 8);
    }

    private static ObjectNode tokenSecret(ResourceId id, String account) {
        ObjectNode secret = JsonNodeFactory.instance.objectNode();
        secret.put("apiVersion", "v1").put("kind", "Secret").put("type", TYPE);
        ObjectNode metadata =
                secret.putObject("metadata").put("name", id.name()).put("namespace", id.namespace());
        metadata.putObject("annotations").put(ACCOUNT, account);
        return secret;
    }

    /// The token that the cluster's controller writes into the Secret.
    private static String token(Cluster cluster, ResourceId made) {
        CompletableFuture<String> token = new CompletableFuture<>();
        Cluster.Watch watch =
                cluster.watch(WatchRequest.named(SECRETS, made.namespace(), made.name()), new WatchHandler() {
                    @Override
                    public void listed(List<JsonNode> objects) {
                        objects.forEach(this::look);
                    }

                    @Override
                    public void changed(Change change, JsonNode object) {
                        look(object);
                    }

                    private void look(JsonNode object) {
                        Map<String, byte[]> data = SettingsWatch.decoded(object);
                        byte[] found = data.get("token");
                        if (found != null && found.length > 0) {
                            token.complete(new String(found, UTF_8));
                        }
                    }
                });
        try {
            return token.get(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException late) {
            throw HttpFailure.unavailable("the cluster made no token for Secret " + made.namespace() + '/' + made.name()
                    + " within " + LIMIT_SECONDS + " s: does its controller of tokens run? Nothing was changed");
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            throw HttpFailure.unavailable("the server is stopping; try again");
        } finally {
            watch.close();
        }
    }

    /// Nobody needs the new token.
    private static void takeBack(Cluster cluster, ResourceId made) {
        try {
            delete(cluster, made);
        } catch (RuntimeException stays) {
            LOG.warn(
                    "Secret {} of {} holds a token that nobody uses and could not be deleted, delete it: {}",
                    made,
                    cluster.server(),
                    stays.getMessage());
        }
    }

    private static boolean delete(Cluster cluster, ResourceId secret) {
        return cluster.delete(secret, null, new Delete(null, null, "Background", false));
    }
}
