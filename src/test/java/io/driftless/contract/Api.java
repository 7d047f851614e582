package io.driftless.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.driftless.objects.yaml.GoYaml;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Plain requests to an API server, without any knowledge of Kubernetes. Bodies are written as YAML and sent as JSON.
final class Api {
    static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private final HttpClient http;
    private final URI server;
    private final Map<String, String> headers;

    Api(HttpClient http, URI server, Map<String, String> headers) {
        this.http = http;
        this.server = server;
        this.headers = Map.copyOf(headers);
    }

    URI server() {
        return server;
    }

    /// The same with another header.
    Api with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Api(http, server, more);
    }

    /// As another user, who has only the rights that are given to them. Only who may do everything can do this.
    Api as(String user) {
        return with("Impersonate-User", user);
    }

    Api token(String token) {
        return with("Authorization", "Bearer " + token);
    }

    Answer get(String path) {
        return send("GET", path, "", "");
    }

    Answer post(String path, String yaml) {
        return send("POST", path, "application/json", json(yaml));
    }

    Answer put(String path, String yaml) {
        return send("PUT", path, "application/json", json(yaml));
    }

    Answer put(String path, JsonNode body) {
        return send("PUT", path, "application/json", body.toString());
    }

    Answer delete(String path) {
        return send("DELETE", path, "", "");
    }

    Answer delete(String path, String options) {
        return send("DELETE", path, "application/json", json(options));
    }

    Answer merge(String path, String yaml) {
        return send("PATCH", path, "application/merge-patch+json", json(yaml));
    }

    Answer strategic(String path, String yaml) {
        return send("PATCH", path, "application/strategic-merge-patch+json", json(yaml));
    }

    Answer operations(String path, String yaml) {
        return send("PATCH", path, "application/json-patch+json", json(yaml));
    }

    /// Server-side apply; `path` carries `?fieldManager=…`.
    Answer apply(String path, String yaml) {
        return send("PATCH", path, "application/apply-patch+yaml", yaml);
    }

    Answer send(String method, String path, String type, String body) {
        HttpRequest.Builder request = request(path).timeout(LIMIT);
        if (!type.isEmpty()) {
            request.header("Content-Type", type);
        }
        request.method(
                method,
                body.isEmpty() ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        CompletableFuture<HttpResponse<String>> sent =
                http.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString());
        try {
            // The limit of a request ends with the headers of the answer; a watch opened by mistake would never end.
            HttpResponse<String> answer = sent.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
            return new Answer(
                    method + " " + path, answer.statusCode(), answer.headers(), tree(answer.body()), answer.body());
        } catch (ExecutionException | TimeoutException e) {
            sent.cancel(true);
            throw new AssertionError(method + " " + path + " was not answered", e);
        } catch (InterruptedException e) {
            sent.cancel(true);
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /// Opens a watch; `path` carries its parameters.
    Watch watch(String path, Duration limit) {
        return Watch.open(http, request(path).build(), limit);
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server + path));
        headers.forEach(request::setHeader);
        return request;
    }

    static JsonNode yaml(String text) {
        return GoYaml.readOne("body.yaml", "---\n" + text);
    }

    private static String json(String yaml) {
        return yaml.isEmpty() ? "" : yaml(yaml).toString();
    }

    private static JsonNode tree(String text) {
        try {
            JsonNode read = JSON.readTree(text);
            return read == null ? MissingNode.getInstance() : read;
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }
}
