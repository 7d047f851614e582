package io.driftless.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.cluster.Cluster;
import io.driftless.cluster.Cluster.Change;
import io.driftless.cluster.Cluster.Watch;
import io.driftless.cluster.Cluster.WatchHandler;
import io.driftless.cluster.Cluster.WatchRequest;
import io.driftless.events.GroupKind;
import io.driftless.events.ResourceId;
import io.driftless.webhook.WebhookSecrets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// The webhook secrets of `argocd-secret`, as they are now: a change counts for the next request.
final class ArgoCdSecret implements WatchHandler, Supplier<WebhookSecrets>, AutoCloseable {
    private static final String NAME = "argocd-secret";
    private final Cluster cluster;
    private final String namespace;
    private final Watch watch;
    private volatile WebhookSecrets secrets = WebhookSecrets.NONE;

    ArgoCdSecret(Cluster cluster, String namespace) {
        this.cluster = cluster;
        this.namespace = namespace;
        // Read before the first request may come: until it is known, an open door would be a guess.
        cluster.get(new ResourceId("", "Secret", namespace, NAME), null).ifPresent(this::take);
        this.watch = cluster.watch(WatchRequest.named(new GroupKind("", "Secret"), namespace, NAME), this);
    }

    @Override
    public WebhookSecrets get() {
        return secrets;
    }

    @Override
    public void listed(List<JsonNode> objects) {
        if (objects.isEmpty()) {
            secrets = WebhookSecrets.NONE;
        } else {
            take(objects.getFirst());
        }
    }

    @Override
    public void changed(Change change, JsonNode object) {
        if (change == Change.DELETED) {
            secrets = WebhookSecrets.NONE;
        } else {
            take(object);
        }
    }

    private void take(JsonNode secret) {
        secrets = WebhookSecrets.of(data(secret), this::other);
    }

    private Optional<String> other(String name, String key) {
        return cluster.get(new ResourceId("", "Secret", namespace, name), null)
                .map(secret -> data(secret).get(key));
    }

    private static Map<String, String> data(JsonNode secret) {
        Map<String, String> data = new HashMap<>();
        secret.path("data")
                .properties()
                .forEach(entry -> data.put(
                        entry.getKey(),
                        new String(
                                Base64.getMimeDecoder().decode(entry.getValue().asText()), UTF_8)));
        return data;
    }

    @Override
    public void close() {
        watch.close();
    }
}
