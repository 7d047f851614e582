package io.driftless.settings;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The settings at one moment.
///
/// @param config `argocd-cm`
/// @param rbac `argocd-rbac-cm`
/// @param secret `argocd-secret`, decoded
public record Settings(Map<String, String> config, Map<String, String> rbac, Map<String, byte[]> secret) {
    public static final Settings NONE = new Settings(Map.of(), Map.of(), Map.of());

    public Settings {
        config = new TreeMap<>(config);
        rbac = new TreeMap<>(rbac);
        secret = new TreeMap<>(secret);
    }

    /// A value of `argocd-cm`, empty when it is not set.
    public String config(String key) {
        return config.getOrDefault(key, "");
    }

    public boolean flag(String key, boolean usual) {
        String value = config(key);
        return value.isEmpty() ? usual : value.equals("true");
    }

    /// A value of `argocd-secret` as text.
    public Optional<String> secretText(String key) {
        return Optional.ofNullable(secret.get(key)).map(bytes -> new String(bytes, UTF_8));
    }

    /// Names no value: some are secret.
    @Override
    public String toString() {
        return "Settings[" + config.keySet() + ", " + rbac.keySet() + ", " + secret.keySet() + ']';
    }
}
