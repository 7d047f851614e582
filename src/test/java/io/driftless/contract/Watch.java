package io.driftless.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// An open watch and what it has told so far.
final class Watch implements AutoCloseable {
    /// What a watch tells; `END` is said by the server's closing it.
    record Event(String type, JsonNode object) {
        static final String END = "END";

        String name() {
            return object.at("/metadata/name").asText();
        }

        String version() {
            return object.at("/metadata/resourceVersion").asText();
        }

        /// Such as `ADDED a`.
        String line() {
            return type + " " + name();
        }
    }

    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final HttpResponse<InputStream> response;
    private final Duration limit;

    private Watch(HttpResponse<InputStream> response, Duration limit) {
        this.response = response;
        this.limit = limit;
        Thread.ofVirtual().start(this::read);
    }

    static Watch open(HttpClient http, HttpRequest request, Duration limit) {
        try {
            return new Watch(http.send(request, HttpResponse.BodyHandlers.ofInputStream()), limit);
        } catch (IOException e) {
            throw new AssertionError(request + " was not answered", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private void read() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode event = Api.JSON.readTree(line);
                events.add(new Event(event.path("type").asText(), event.path("object")));
            }
        } catch (IOException e) {
            // Closed by us or cut by the server.
        }
        events.add(new Event(Event.END, Api.JSON.missingNode()));
    }

    int code() {
        return response.statusCode();
    }

    HttpHeaders headers() {
        return response.headers();
    }

    /// The next event of any kind.
    Event next() {
        Event event = poll();
        assertThat(event).as("an event within %s", limit).isNotNull();
        return event;
    }

    /// The next event, passing over bookmarks.
    Event nextChange() {
        Event event = next();
        while (event.type().equals("BOOKMARK")) {
            event = next();
        }
        return event;
    }

    private @Nullable Event poll() {
        try {
            return events.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        try {
            response.body().close();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
