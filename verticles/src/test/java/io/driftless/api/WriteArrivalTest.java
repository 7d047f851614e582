package io.driftless.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.cluster.Cluster.Change;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class WriteArrivalTest {
    private final ApplicationCache cache = new ApplicationCache(name -> true);
    private final WriteArrival arrival = new WriteArrival(cache);

    private static ObjectNode application(String version) {
        ObjectNode application = JsonNodeFactory.instance.objectNode();
        application
                .putObject("metadata")
                .put("namespace", "argocd")
                .put("name", "web")
                .put("resourceVersion", version);
        return application;
    }

    @Test
    void anAnswerWaitsUntilTheWatchHasBroughtWhatWasWritten() throws Exception {
        cache.listed(List.of(application("99")));
        AtomicReference<JsonNode> answer = new AtomicReference<>();
        AtomicReference<String> held = new AtomicReference<>();
        Thread writing = Thread.startVirtualThread(() -> {
            answer.set(arrival.await(application("101")));
            held.set(cache.get(ApplicationCache.nameOf(application("101")))
                    .orElseThrow()
                    .facts()
                    .resourceVersion());
        });
        await().until(() -> writing.getState() == Thread.State.TIMED_WAITING);
        cache.changed(Change.MODIFIED, application("100"));
        cache.changed(Change.MODIFIED, application("101"));

        writing.join();
        assertThat(held).hasValue("101");
        assertThat(answer.get()).isEqualTo(application("101"));
    }

    @Test
    void whatHasArrivedAlreadyIsAnswered() {
        cache.listed(List.of(application("100")));
        assertThat(arrival.await(application("99"))).isEqualTo(application("99"));
    }
}
