package io.driftless.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The REST API of a Driftless server, which has the paths and shapes of Argo CD's.
final class ApiClient {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration ANSWER = Duration.ofSeconds(30);
    private final HttpClient http;
    private final URI server;
    private final String token;

    /// Without a token and with certificates checked.
    ApiClient(String server) {
        this(server, "", false);
    }

    /// @param token of an account or a role; empty for none
    /// @param insecure whether the certificate of the server is not checked
    ApiClient(String server, String token, boolean insecure) {
        this.server = URI.create(Logins.normalised(server));
        this.token = token;
        HttpClient.Builder builder =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(5));
        if (insecure) {
            builder.sslContext(Trust.everything());
        }
        this.http = builder.build();
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    JsonNode get(String path) {
        return send("GET", path, null);
    }

    JsonNode post(String path, JsonNode body) {
        return send("POST", path, body);
    }

    JsonNode put(String path, JsonNode body) {
        return send("PUT", path, body);
    }

    JsonNode delete(String path) {
        return send("DELETE", path, null);
    }

    private JsonNode send(String method, String path, @Nullable JsonNode body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(at(path))
                .timeout(ANSWER)
                .header("Accept", "application/json")
                .method(
                        method,
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body.toString()));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        authorize(request);
        try {
            HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() / 100 != 2) {
                throw new CommandFailure(ExitCode.API, message(answer.statusCode(), answer.body()));
            }
            return answer.body().isBlank() ? JSON.createObjectNode() : JSON.readTree(answer.body());
        } catch (IOException e) {
            throw unreachable(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure(ExitCode.API, "interrupted");
        }
    }

    /// Reads a stream of `{"result": …}` lines until `enough` says so. False when `limit` passed before.
    boolean stream(String path, Duration limit, Predicate<JsonNode> enough) {
        HttpRequest.Builder request = HttpRequest.newBuilder(at(path)).timeout(ANSWER);
        authorize(request);
        try {
            HttpResponse<InputStream> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = answer.body()) {
                if (answer.statusCode() / 100 != 2) {
                    throw new CommandFailure(
                            ExitCode.API,
                            message(answer.statusCode(), new String(body.readAllBytes(), StandardCharsets.UTF_8)));
                }
                return readUntil(body, limit, enough);
            }
        } catch (IOException e) {
            throw unreachable(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure(ExitCode.API, "interrupted");
        }
    }

    /// Below the path of the server, where it has one.
    private URI at(String path) {
        return URI.create(server + path);
    }

    private void authorize(HttpRequest.Builder request) {
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
    }

    private static boolean readUntil(InputStream body, Duration limit, Predicate<JsonNode> enough)
            throws IOException, InterruptedException {
        boolean[] found = {false};
        IOException[] failed = {null};
        Thread reader = Thread.startVirtualThread(() -> {
            try (var lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (!line.isBlank() && enough.test(JSON.readTree(line).path("result"))) {
                        found[0] = true;
                        return;
                    }
                }
                failed[0] = new IOException("the server ended the stream");
            } catch (IOException e) {
                failed[0] = e;
            }
        });
        if (!reader.join(limit)) {
            body.close();
            return false;
        }
        if (failed[0] != null) {
            throw failed[0];
        }
        return found[0];
    }

    private CommandFailure unreachable(IOException cause) {
        return new CommandFailure(
                ExitCode.API,
                "cannot reach " + server + " (" + cause.getClass().getSimpleName() + ": " + cause.getMessage()
                        + "). Is the server running? Give its address with --server or DRIFTLESS_SERVER.");
    }

    private static String message(int code, String body) {
        try {
            JsonNode json = JSON.readTree(body);
            String text = json.path("message").asText(json.path("error").asText(""));
            String hint = code == 401 ? "; log in with: driftless login SERVER" : "";
            return text.isEmpty() ? "the server answered " + code : text + hint;
        } catch (JsonProcessingException e) {
            return "the server answered " + code;
        }
    }
}
