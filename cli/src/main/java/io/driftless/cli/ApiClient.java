package io.driftless.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/// The REST API of a Driftless server, which has the paths and shapes of Argo CD's.
final class ApiClient {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final Duration FOREVER = Duration.ofDays(365);
    private final HttpClient http;
    private final URI server;
    private final String token;
    private final Duration answer;

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
        this.answer = ANSWER;
    }

    private ApiClient(ApiClient other, Duration answer) {
        this.http = other.http;
        this.server = other.server;
        this.token = other.token;
        this.answer = answer;
    }

    /// The same with no more patience than this.
    ApiClient within(Duration limit) {
        return new ApiClient(this, limit);
    }

    /// Its address.
    String server() {
        return server.toString();
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /// A document that the API gives as text.
    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new CommandFailure(ExitCode.API, "the answer of the server is not JSON: " + e.getOriginalMessage());
        }
    }

    JsonNode get(String path) {
        return send("GET", path, null);
    }

    /// Empty when there is no such thing, or the caller may not see whether there is.
    Optional<JsonNode> find(String path) {
        HttpResponse<String> answer = answer("GET", path, null);
        return answer.statusCode() == 404 || answer.statusCode() == 403 ? Optional.empty() : Optional.of(read(answer));
    }

    JsonNode patch(String path, JsonNode body) {
        return send("PATCH", path, body);
    }

    JsonNode post(String path, JsonNode body) {
        return send("POST", path, body);
    }

    /// A request that is a stream of messages.
    JsonNode postLines(String path, List<? extends JsonNode> messages) {
        StringBuilder lines = new StringBuilder();
        messages.forEach(message -> lines.append(message).append('\n'));
        return read(answer("POST", path, lines.toString()));
    }

    JsonNode put(String path, JsonNode body) {
        return send("PUT", path, body);
    }

    JsonNode delete(String path) {
        return send("DELETE", path, null);
    }

    private JsonNode send(String method, String path, @Nullable JsonNode body) {
        return read(answer(method, path, body == null ? null : body.toString()));
    }

    private static JsonNode read(HttpResponse<String> answer) {
        if (answer.statusCode() / 100 != 2) {
            throw new CommandFailure(ExitCode.API, message(answer.statusCode(), answer.body()));
        }
        return answer.body().isBlank() ? JSON.createObjectNode() : json(answer.body());
    }

    private HttpResponse<String> answer(String method, String path, @Nullable String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(at(path))
                .timeout(answer)
                .header("Accept", "application/json")
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        authorize(request);
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw unreachable(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure(ExitCode.API, "interrupted");
        }
    }

    /// Reads a stream of `{"result": …}` lines until `enough` says so. False when `limit` passed
    /// before. Fails with exit code 20 when the server ends the stream before that, with the error
    /// it gives if it gives one.
    boolean stream(String path, Duration limit, Predicate<JsonNode> enough) {
        return stream(path, answer, limit, enough);
    }

    /// Like [#stream], for what may say nothing for hours.
    void follow(String path, Predicate<JsonNode> enough) {
        stream(path, FOREVER, FOREVER, enough);
    }

    private boolean stream(String path, Duration first, Duration limit, Predicate<JsonNode> enough) {
        HttpRequest.Builder request = HttpRequest.newBuilder(at(path)).timeout(first);
        authorize(request);
        try {
            HttpResponse<InputStream> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = answer.body()) {
                if (answer.statusCode() / 100 != 2) {
                    throw new CommandFailure(
                            ExitCode.API,
                            message(answer.statusCode(), new String(body.readAllBytes(), StandardCharsets.UTF_8)));
                }
                return new AnswerStream(body).until(limit, enough);
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

    private CommandFailure unreachable(IOException cause) {
        if (cause instanceof HttpTimeoutException && !(cause instanceof HttpConnectTimeoutException)) {
            return new CommandFailure(
                    ExitCode.API, server + " did not answer within " + answer.toSeconds() + " s; try again later");
        }
        if (cause instanceof SSLHandshakeException) {
            return new CommandFailure(
                    ExitCode.API,
                    server + " does not prove who it is (" + cause.getMessage() + "). Give it a certificate that this"
                            + " machine trusts (Secret argocd-server-tls), or pass --insecure to talk to it unproved.");
        }
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
