package io.driftless.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.driftless.api.ApiStand.Answer;
import io.driftless.auth.AuthMode;
import io.driftless.events.ApplicationEvent.ApplicationRejected;
import io.driftless.events.Condition;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A refresh that nothing can come of is answered at once: the patience of the server is longer than these tests.
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RefreshAtRestTest {
    private static final String APP = "/api/v1/applications/app";
    private final ApiStand stand = new ApiStand();

    @BeforeEach
    void start() {
        stand.start(AuthMode.NONE, 5, Duration.ofHours(1), Duration.ofSeconds(60));
    }

    @AfterEach
    void stop() {
        stand.close();
    }

    private void create(String metadata) throws Exception {
        stand.create("""
                {"apiVersion":"argoproj.io/v1alpha1","kind":"Application","metadata":{"name":"app","namespace":"argocd"%s},
                 "spec":{"project":"gone","source":{"repoURL":"https://git.example.com/r","path":"."},
                 "destination":{"server":"https://kubernetes.default.svc","namespace":"x"}},
                 "status":{"conditions":[{"type":"InvalidSpecError","message":"no such project"}]}}
                """.formatted(metadata));
    }

    private void reject() {
        stand.events.say(
                new ApplicationRejected(
                        ApiEvents.APP, "u", 1, List.of(new Condition(Condition.INVALID_SPEC_ERROR, "no such project"))),
                "chain");
    }

    @ParameterizedTest
    @ValueSource(strings = {"normal", "hard"})
    void oneThatWasRefusedIsAnsweredWithItsState(String how) throws Exception {
        create("");
        reject();
        await().until(() -> stand.events.delivered());

        Answer answer = stand.rest("GET", APP + "?refresh=" + how, "");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().at("/status/conditions/0/message").asText()).isEqualTo("no such project");
        assertThat(stand.published).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"normal", "hard"})
    void oneThatIsBeingDeletedIsAnsweredWithItsState(String how) throws Exception {
        create(
                ",\"finalizers\":[\"resources-finalizer.argocd.argoproj.io\"],\"deletionTimestamp\":\"2026-01-01T00:00:00Z\"");

        Answer answer = stand.rest("GET", APP + "?refresh=" + how, "");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().at("/metadata/deletionTimestamp").asText()).isEqualTo("2026-01-01T00:00:00Z");
        assertThat(stand.published).isEmpty();
    }

    @Test
    void whoWaitsWhenItIsRefusedWaitsNoLonger() throws Exception {
        create("");
        Thread registry = Thread.ofVirtual().start(() -> {
            await().until(() -> !stand.published.isEmpty());
            reject();
        });

        assertThat(stand.rest("GET", APP + "?refresh=hard", "").status()).isEqualTo(200);
        registry.join();
    }
}
