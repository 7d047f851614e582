package io.driftless.cluster;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import org.jspecify.annotations.Nullable;

/// What of a configuration has to be kept fresh.
final class Tokens {
    private Tokens() {}

    /// The client reads its kubeconfig again until it holds a fresh token: where there is none at all, for each request
    /// after the first minute. Who comes with a certificate, a password or nothing has none to wait for.
    static Config settled(Config config) {
        boolean tokens = there(config.getOauthToken())
                || there(config.getAutoOAuthToken())
                || config.getOauthTokenProvider() != null
                || config.getAuthProvider() != null;
        return tokens
                ? config
                : new ConfigBuilder(config).withOauthTokenProvider(() -> null).build();
    }

    private static boolean there(@Nullable String token) {
        return token != null && !token.isEmpty();
    }
}
