package io.driftless.webhook;

import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/// The secrets that Git hosts prove themselves with, under Argo CD's keys of the Secret `argocd-secret`.
public record WebhookSecrets(HookSecret github, HookSecret gitlab, HookSecret generic) {
    public static final WebhookSecrets NONE = new WebhookSecrets(HookSecret.NONE, HookSecret.NONE, HookSecret.NONE);
    private static final String HOME = "argocd-secret";

    /// Reads them from the (decoded) data of `argocd-secret`. A value `$key` stands for another key of it,
    /// `$name:key` for a key of another Secret, which `others` looks up by name and key.
    public static WebhookSecrets of(Map<String, String> data, BiFunction<String, String, Optional<String>> others) {
        return new WebhookSecrets(
                secret("webhook.github.secret", data, others),
                secret("webhook.gitlab.secret", data, others),
                secret("webhook.generic.secret", data, others));
    }

    private static HookSecret secret(
            String key, Map<String, String> data, BiFunction<String, String, Optional<String>> others) {
        String value = data.getOrDefault(key, "");
        if (!value.startsWith("$")) {
            return value.isEmpty() ? HookSecret.NONE : new HookSecret.Given(value);
        }
        int colon = value.indexOf(':');
        Optional<String> meant = colon < 0
                ? Optional.ofNullable(data.get(value.substring(1)))
                : others.apply(value.substring(1, colon), value.substring(colon + 1));
        return meant.filter(text -> !text.isEmpty())
                .<HookSecret>map(HookSecret.Given::new)
                .orElseGet(() -> new HookSecret.Missing(HOME + " key " + key));
    }
}
