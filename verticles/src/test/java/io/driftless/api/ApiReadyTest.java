package io.driftless.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.driftless.auth.AuthMode;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// An API whose control plane has not listed its Applications yet.
class ApiReadyTest {
    private final ApiStand stand = new ApiStand();

    @AfterEach
    void stop() {
        stand.close();
    }

    @Test
    void isReadyOnceTheApplicationsHaveBeenRead() throws Exception {
        stand.cluster.holdBack("Application");
        stand.start(AuthMode.NONE);

        assertThat(stand.rest("GET", "/readyz", "").status()).isEqualTo(503);
        assertThat(stand.rest("GET", "/api/v1/applications", "").status()).isEqualTo(503);
        assertThatThrownBy(() -> stand.api().awaitComplete(Duration.ZERO))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("the Applications of the control plane have not been read yet");

        CompletableFuture<Void> waiting = CompletableFuture.runAsync(() -> {
            try {
                stand.api().awaitComplete(Duration.ofSeconds(30));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        assertThat(waiting).isNotDone();
        stand.cluster.goOn();
        waiting.get(30, TimeUnit.SECONDS);
        assertThat(stand.rest("GET", "/readyz", "").status()).isEqualTo(200);
        assertThat(stand.rest("GET", "/api/v1/applications", "").status()).isEqualTo(200);
    }
}
