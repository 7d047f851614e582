package io.driftless.pipeline;

import static io.driftless.pipeline.Outcomes.awaitThat;
import static io.driftless.pipeline.Stand.configMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.driftless.pipeline.EventStream.Received;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// The event stream over HTTP, fed by the pipeline itself.
@ExtendWith(SharedStand.class)
class EventStreamTest {
    @Test
    void aClientGetsWhatItAskedForAndResumesWhereItWas(Stand stand) throws Exception {
        Repository repository = stand.repository("streamed");
        Repository other = stand.repository("unheard");
        repository.push("map.yaml", configMap("settings", "0"));
        other.push("map.yaml", configMap("settings", "0"));
        stand.declare(Declaration.automated(repository));
        stand.declare(Declaration.automated(other));
        stand.awaitSynced("streamed", repository.head());
        stand.awaitSynced("unheard", other.head());
        URI url = stand.url()
                .resolve("/api/v1/events?application=argocd/streamed&type=sync-succeeded&type=resource-applied");

        String first;
        List<Received> seen;
        try (EventStream stream = EventStream.open(url, "")) {
            other.push("map.yaml", configMap("settings", "1"));
            stand.awaitSynced("unheard", other.head());
            first = repository.push("map.yaml", configMap("settings", "1"));
            awaitThat("the sync is told", () -> revisions(stream.received()).contains(first));
            seen = stream.received();
        }
        assertThat(seen).allSatisfy(received -> {
            assertThat(received.event().path("subject").asText()).startsWith("argocd/streamed");
            assertThat(received.type()).matches("io\\.driftless\\.(sync-succeeded|resource-applied)\\.v1");
        });
        assertThat(seen).extracting(Received::type).contains("io.driftless.resource-applied.v1");

        String missed = repository.push("map.yaml", configMap("settings", "2"));
        stand.awaitSynced("streamed", missed);
        String last = seen.getLast().id();

        try (EventStream resumed = EventStream.open(url, last)) {
            String third = repository.push("map.yaml", configMap("settings", "3"));
            awaitThat(
                    "what was missed and what is new is told",
                    () -> revisions(resumed.received()).containsAll(List.of(missed, third)));
            assertThat(revisions(resumed.received())).containsExactly(missed, third);
            assertThat(resumed.received())
                    .extracting(received -> received.event().path("id").asText())
                    .doesNotContainAnyElementsOf(seen.stream()
                            .map(received -> received.event().path("id").asText())
                            .toList());
        }
    }

    private static List<String> revisions(List<Received> received) {
        return received.stream()
                .filter(one -> one.type().contains("sync-succeeded"))
                .map(one -> one.event().at("/data/revision").asText())
                .toList();
    }
}
