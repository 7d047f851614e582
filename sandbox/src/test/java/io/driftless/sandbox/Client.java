package io.driftless.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A client without any knowledge of Kubernetes.
final class Client implements AutoCloseable {
    static final ObjectMapper JSON = new ObjectMapper();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI server;

    Client(URI server) {
        this.server = server;
    }

    record Answer(int code, JsonNode body) {}

    Answer send(String method, String path, String type, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server + path))
                .header("content-type", type)
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        return new Answer(response.statusCode(), JSON.readTree(response.body()));
    }

    Answer get(String path) throws IOException, InterruptedException {
        return send("GET", path, "application/json", "");
    }

    Answer post(String path, String body) throws IOException, InterruptedException {
        return send("POST", path, "application/json", body);
    }

    Answer delete(String path, String options) throws IOException, InterruptedException {
        return send("DELETE", path, "application/json", options);
    }

    Answer merge(String path, String body) throws IOException, InterruptedException {
        return send("PATCH", path, "application/merge-patch+json", body);
    }

    Answer apply(String path, String manager, String body) throws IOException, InterruptedException {
        String query = (path.contains("?") ? "&" : "?") + "fieldManager=" + manager;
        return send("PATCH", path + query, "application/apply-patch+yaml", body);
    }

    /// Lines of a watch as they come.
    BlockingQueue<JsonNode> watch(String path) {
        BlockingQueue<JsonNode> lines = new LinkedBlockingQueue<>();
        HttpRequest request = HttpRequest.newBuilder(URI.create(server + path)).build();
        CompletableFuture<?> unused = http.sendAsync(request, HttpResponse.BodyHandlers.ofLines())
                // On a thread of its own: the answer may be there before anybody waits for it.
                .thenAcceptAsync(
                        response -> response.body().forEach(line -> {
                            try {
                                lines.add(JSON.readTree(line));
                            } catch (IOException e) {
                                throw new IllegalStateException(line, e);
                            }
                        }),
                        Thread::startVirtualThread);
        return lines;
    }

    static JsonNode next(BlockingQueue<JsonNode> lines) throws InterruptedException {
        JsonNode line = lines.poll(10, TimeUnit.SECONDS);
        if (line == null) {
            throw new AssertionError("no watch event within 10 s");
        }
        return line;
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
