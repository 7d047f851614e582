package io.driftless.settings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.cluster.Cluster;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/// Follows `argocd-cm`, `argocd-rbac-cm` and `argocd-secret`: a change counts from the next call.
public final class SettingsWatch implements Supplier<Settings>, AutoCloseable {
    private final List<Consumer<Settings>> listeners = new CopyOnWriteArrayList<>();
    private final NamedObject config;
    private final NamedObject rbac;
    private final NamedObject secret;
    private volatile boolean ready;
    private volatile Settings settings = Settings.NONE;

    public SettingsWatch(Cluster cluster, String namespace) {
        config = new NamedObject(cluster, "ConfigMap", namespace, "argocd-cm", this::read);
        rbac = new NamedObject(cluster, "ConfigMap", namespace, "argocd-rbac-cm", this::read);
        secret = new NamedObject(cluster, "Secret", namespace, "argocd-secret", this::read);
        ready = true;
        read();
    }

    @Override
    public Settings get() {
        return settings;
    }

    /// Calls the listener now and with every change.
    public void listen(Consumer<Settings> listener) {
        listeners.add(listener);
        listener.accept(settings);
    }

    /// Changes keys of `argocd-secret`; a key that is left out of the result is removed.
    public void changeSecret(UnaryOperator<Map<String, byte[]>> edit) {
        secret.change(object -> {
            Map<String, byte[]> before = decoded(object);
            Map<String, byte[]> after = edit.apply(new TreeMap<>(before));
            ObjectNode data = object.withObjectProperty("data");
            before.keySet().stream().filter(key -> !after.containsKey(key)).forEach(data::remove);
            after.forEach((key, value) -> data.put(key, Base64.getEncoder().encodeToString(value)));
            return object;
        });
    }

    /// Changes keys of `argocd-cm`.
    public void changeConfig(UnaryOperator<Map<String, String>> edit) {
        config.change(object -> {
            Map<String, String> after = edit.apply(new TreeMap<>(texts(object)));
            ObjectNode data = object.putObject("data");
            after.forEach(data::put);
            return object;
        });
    }

    private synchronized void read() {
        if (ready) {
            settings = new Settings(texts(config.get()), texts(rbac.get()), decoded(secret.get()));
            listeners.forEach(listener -> listener.accept(settings));
        }
    }

    private static Map<String, String> texts(JsonNode object) {
        Map<String, String> texts = new TreeMap<>();
        object.path("data")
                .properties()
                .forEach(entry -> texts.put(entry.getKey(), entry.getValue().asText()));
        return texts;
    }

    /// The data of a Secret; what is not base64 is left out.
    public static Map<String, byte[]> decoded(JsonNode secret) {
        Map<String, byte[]> data = new TreeMap<>();
        secret.path("data").properties().forEach(entry -> {
            try {
                data.put(
                        entry.getKey(),
                        Base64.getMimeDecoder().decode(entry.getValue().asText()));
            } catch (IllegalArgumentException notBase64) {
                // An API server refuses such data; there is nothing to read.
            }
        });
        return data;
    }

    @Override
    public void close() {
        config.close();
        rbac.close();
        secret.close();
    }
}
