package io.driftless.pipeline;

import static io.driftless.pipeline.Outcomes.awaitThat;
import static io.driftless.pipeline.Stand.configMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.driftless.broker.EmbeddedBroker;
import io.driftless.events.Topic;
import io.driftless.pipeline.OwnStands.Site;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// The broker goes away and comes back.
@ExtendWith(OwnStands.class)
class OutageTest {
    @TempDir
    static Path data;

    @Test
    void withoutABrokerNothingIsAcknowledgedAndAfterwardsEverythingGoesOn(Site site) throws Exception {
        EmbeddedBroker broker = EmbeddedBroker.start(data.resolve("broker"), EmbeddedBroker.Options.loopback());
        try (Stand stand = site.prepare("argocd-outage", data.resolve("stand"))) {
            stand.start(new Stand.Settings(broker.bootstrap(), Duration.ofHours(1)));
            Repository repository = stand.repository("outage");
            String first = repository.push("map.yaml", configMap("settings", "1"));
            stand.declare(Declaration.automated(repository));
            stand.awaitSynced("outage", first);

            broker.close();
            String second = repository.commit(Map.of("map.yaml", configMap("settings", "2")));
            // Each waits as long as the broker may take to come back: both at once.
            CompletableFuture<Web.Answer> asked =
                    CompletableFuture.supplyAsync(() -> stand.web().post("/api/v1/applications/outage/sync", "{}"));
            Web.Answer hook = stand.web().push(repository, first, second);
            Web.Answer sync = asked.get();

            assertThat(hook.code()).as(hook.text()).isEqualTo(503);
            assertThat(sync.code()).as(sync.text()).isEqualTo(503);
            awaitThat(
                    "the server says that it is not ready",
                    () -> stand.web().get("/readyz").code() == 503);
            assertThat(stand.web().get("/healthz").code())
                    .as("no reason to restart it")
                    .isEqualTo(200);
            assertThat(stand.value("outage", "settings")).isEqualTo("1");

            broker = EmbeddedBroker.start(data.resolve("broker"), EmbeddedBroker.Options.loopback());
            awaitThat(
                    "the host's repetition is accepted",
                    () -> stand.web().push(repository, first, second).code() == 200);
            stand.awaitSynced("outage", second);
            assertThat(stand.value("outage", "settings")).isEqualTo("2");
            assertThat(stand.records().of(Topic.COMMANDS))
                    .as("what was refused did not happen later")
                    .isEmpty();
            awaitThat("the server is ready", () -> stand.web().get("/readyz").code() == 200);
        } finally {
            broker.close();
        }
    }
}
