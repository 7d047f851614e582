package io.driftless.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.StandardHttpRequest;
import io.fabric8.kubernetes.client.utils.TokenRefreshInterceptor;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Requests of a client that is older than the minute for which it takes a token to be fresh.
class TokensTest {
    @TempDir
    Path temp;

    @Test
    void whoHasNoTokenDoesNotReadTheKubeconfigForEachRequest() throws IOException {
        Config config = Tokens.settled(kubeconfig("client-certificate-data: YQ=="));
        kubeconfig("token: was-read-again");

        assertThat(authorization(config)).isNull();
    }

    @Test
    void aTokenOfAKubeconfigIsReadAgain() throws IOException {
        Config config = Tokens.settled(kubeconfig("token: first"));
        kubeconfig("token: second");

        assertThat(authorization(config)).isEqualTo("Bearer second");
    }

    private Config kubeconfig(String user) throws IOException {
        Path file = temp.resolve("kubeconfig");
        Files.writeString(file, """
                apiVersion: v1
                kind: Config
                current-context: c
                clusters: [{name: c, cluster: {server: 'https://127.0.0.1:1'}}]
                contexts: [{name: c, context: {cluster: c, user: u}}]
                users: [{name: u, user: {%s}}]
                """.formatted(user));
        return Config.fromKubeconfig(file.toFile());
    }

    private static @Nullable String authorization(Config config) {
        StandardHttpRequest.Builder builder = new StandardHttpRequest.Builder();
        builder.uri(URI.create("https://127.0.0.1:1/version"));
        HttpRequest request = builder.build();
        new TokenRefreshInterceptor(config, Instant.EPOCH, _ -> CompletableFuture.completedFuture(""))
                .before(builder, request, null);
        return builder.build().header("Authorization");
    }
}
