package io.driftless.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A client of server-sent events: collects what comes until it is closed.
final class EventStream implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final InputStream body;
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final StringBuffer text = new StringBuffer();

    record Received(String id, String type, JsonNode event) {}

    private EventStream(InputStream body) {
        this.body = body;
        Thread.ofVirtual().start(this::read);
    }

    /// Opens a stream; `lastEventId` empty begins now.
    static EventStream open(URI url, String lastEventId) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(url).header("Accept", "text/event-stream");
        if (!lastEventId.isEmpty()) {
            request.header("Last-Event-ID", lastEventId);
        }
        HttpResponse<InputStream> answer = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        if (answer.statusCode() != 200) {
            throw new AssertionError(url + " answered " + answer.statusCode());
        }
        return new EventStream(answer.body());
    }

    private void read() {
        String id = "";
        String type = "";
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(body, UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                text.append(line).append('\n');
                if (line.startsWith("id: ")) {
                    id = line.substring(4);
                } else if (line.startsWith("event: ")) {
                    type = line.substring(7);
                } else if (line.startsWith("data: ")) {
                    received.add(new Received(id, type, JSON.readTree(line.substring(6))));
                }
            }
        } catch (IOException closed) {
            // The test has seen enough.
        }
    }

    List<Received> received() {
        return List.copyOf(received);
    }

    /// Everything as it came over the wire.
    String text() {
        return text.toString();
    }

    @Override
    public void close() throws IOException {
        body.close();
    }
}
