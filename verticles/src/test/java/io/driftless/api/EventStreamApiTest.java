package io.driftless.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.driftless.auth.AuthMode;
import io.driftless.events.ApplicationName;
import io.driftless.events.DesiredEvent.ResourceRendered;
import io.driftless.events.DriftEvent.ApplicationCompared;
import io.driftless.events.Event;
import io.driftless.events.Health;
import io.driftless.events.HealthStatus;
import io.driftless.events.SyncStatus;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The stream of events that clients resume where they were.
class EventStreamApiTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private final ApiStand stand = new ApiStand();

    @BeforeEach
    void start() {
        stand.start(AuthMode.NONE, 3);
    }

    @AfterEach
    void stop() {
        stand.close();
    }

    @Test
    void resumesTheEventStreamFromEveryPointWithoutGapOrDoubling() throws Exception {
        for (int i = 0; i < 20; i++) {
            say(ApiEvents.started(i));
        }
        List<String> all = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        try (Sse first = new Sse("/api/v1/events?type=sync-started&lastEventId=pushes:0=0", null)) {
            for (int i = 0; i < 20; i++) {
                Sse.Message message = first.next();
                all.add(JSON.readTree(message.data).at("/data/operation").asText());
                ids.add(message.id);
            }
        }
        assertThat(all).hasSize(20).doesNotHaveDuplicates();

        for (int from : new int[] {0, 7, 13, 17}) {
            try (Sse resumed = new Sse("/api/v1/events", ids.get(from))) {
                for (String expected : all.subList(from + 1, all.size())) {
                    assertThat(operation(resumed.next())).isEqualTo(expected);
                }
                say(ApiEvents.started(100 + from));
                all.add("op" + (100 + from));
                assertThat(operation(resumed.next())).isEqualTo(all.getLast());
            }
        }
    }

    @Test
    void givesAClientOnlyWhatItAskedFor() throws Exception {
        try (Sse stream = new Sse("/api/v1/events?application=app&type=application-compared", null)) {
            stream.opened();
            say(ApiEvents.started(1));
            say(new ApplicationCompared(
                    new ApplicationName("argocd", "other"),
                    1,
                    "r",
                    "d",
                    "c",
                    SyncStatus.SYNCED,
                    Health.of(HealthStatus.HEALTHY),
                    null,
                    null));
            say(ApiEvents.compared());

            Sse.Message message = stream.next();
            assertThat(message.event).isEqualTo("io.driftless.application-compared.v1");
            JsonNode event = JSON.readTree(message.data);
            assertThat(event.path("specversion").asText()).isEqualTo("1.0");
            assertThat(event.path("subject").asText()).isEqualTo("argocd/app");
        }
    }

    @Test
    void neverShowsWhatIsSealed() throws Exception {
        say(new ResourceRendered(
                ApiEvents.APP, ApiEvents.CONFIG, "v1", "d", JSON.readTree("{}"), "c2VhbGVk", 0, List.of()));
        try (Sse stream = new Sse("/api/v1/events?lastEventId=pushes:0=0", null)) {
            assertThat(stream.next().data).contains("digest").doesNotContain("c2VhbGVk");
        }
    }

    @Test
    void refusesUnknownTypesForeignIdsAndTooManyStreams() throws Exception {
        assertThat(status("/api/v1/events?type=nonsense")).isEqualTo(400);
        assertThat(status("/api/v1/events?lastEventId=%3Bx")).isEqualTo(400);
        List<Sse> open = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            open.add(new Sse("/api/v1/events", null));
            open.getLast().opened();
        }
        assertThat(status("/api/v1/events")).isEqualTo(429);
        for (Sse stream : open) {
            stream.close();
        }
        await().untilAsserted(() -> {
            try (Sse again = new Sse("/api/v1/events", null)) {
                assertThat(again.status).contains("200");
            }
        });
    }

    private int status(String path) throws Exception {
        return stand.rest("GET", path, "").status();
    }

    private void say(Event event) {
        stand.events.say(event, "chain");
    }

    private static String operation(Sse.Message message) throws Exception {
        return JSON.readTree(message.data).at("/data/operation").asText();
    }

    /// A reader of server-sent events over a plain socket.
    private final class Sse implements AutoCloseable {
        private final Socket socket;
        private final BufferedReader in;
        private final String status;

        private record Message(String id, String event, String data) {}

        Sse(String path, String lastId) throws Exception {
            socket = new Socket("127.0.0.1", stand.port());
            socket.setSoTimeout(10_000);
            OutputStream out = socket.getOutputStream();
            String resume = lastId == null ? "" : "Last-Event-ID: " + lastId + "\r\n";
            out.write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + resume + "\r\n")
                    .getBytes(StandardCharsets.UTF_8));
            in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            status = in.readLine();
        }

        void opened() throws Exception {
            while (!in.readLine().startsWith("retry")) {
                continue;
            }
        }

        Message next() throws Exception {
            String id = "";
            String event = "";
            while (true) {
                String line = in.readLine();
                if (line.startsWith("id: ")) {
                    id = line.substring(4);
                } else if (line.startsWith("event: ")) {
                    event = line.substring(7);
                } else if (line.startsWith("data: ")) {
                    return new Message(id, event, line.substring(6));
                }
            }
        }

        @Override
        public void close() throws Exception {
            socket.close();
        }
    }
}
