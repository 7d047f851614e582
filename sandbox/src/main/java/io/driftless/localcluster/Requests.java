package io.driftless.localcluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import javax.net.ssl.SSLContext;

/// The few requests that bring a cluster up. A server that does not answer yet is no error here.
final class Requests implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private final HttpClient http;
    private final URI server;

    Requests(URI server, SSLContext tls) {
        this.server = server;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(tls)
                .connectTimeout(LIMIT)
                .build();
    }

    boolean ok(String path) {
        return send("GET", path, "").code == 200;
    }

    /// What is at a path, missing where there is nothing.
    JsonNode get(String path) {
        Answer answer = send("GET", path, "");
        try {
            return answer.code == 200 ? JSON.readTree(answer.body) : MissingNode.getInstance();
        } catch (IOException e) {
            throw new LocalClusterException(server + path + " answered no JSON: " + answer.body, e);
        }
    }

    /// Posts, and is content with what exists already.
    void post(String path, JsonNode body) {
        Answer answer = send("POST", path, body.toString());
        if (answer.code / 100 != 2 && answer.code != 409) {
            throw new LocalClusterException(
                    "POST " + server + path + " was answered " + answer.code + ": " + answer.body);
        }
    }

    private record Answer(int code, String body) {}

    private Answer send(String method, String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server + path))
                .timeout(LIMIT)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            return new Answer(answer.statusCode(), answer.body());
        } catch (IOException e) {
            return new Answer(0, e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LocalClusterException("interrupted while the cluster starts", e);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
