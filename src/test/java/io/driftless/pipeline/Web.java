package io.driftless.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// The web port of a server, as a client sees it.
record Web(URI base) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final String ZEROS = "0".repeat(40);

    record Answer(int code, String text) {
        JsonNode json() {
            try {
                return JSON.readTree(text);
            } catch (JsonProcessingException e) {
                throw new AssertionError("no JSON: " + text, e);
            }
        }
    }

    Answer get(String path) {
        return send("GET", path, Map.of(), null);
    }

    Answer post(String path, String body) {
        return send("POST", path, Map.of("Content-Type", "application/json"), body.getBytes(UTF_8));
    }

    Answer put(String path, String body) {
        return send("PUT", path, Map.of("Content-Type", "application/json"), body.getBytes(UTF_8));
    }

    Answer delete(String path) {
        return send("DELETE", path, Map.of(), null);
    }

    /// The push event of a GitHub host, signed with the secret of the stand.
    Answer push(Repository repository, @Nullable String before, String after) {
        byte[] body = pushBody(repository, before, after);
        return hook(body, sign(body, Stand.HOOK_SECRET));
    }

    static byte[] pushBody(Repository repository, @Nullable String before, String after) {
        return JSON.createObjectNode()
                .put("ref", "refs/heads/main")
                .put("before", before == null ? ZEROS : before)
                .put("after", after)
                .set("repository", JSON.createObjectNode().put("clone_url", repository.url()))
                .toString()
                .getBytes(UTF_8);
    }

    /// A hook of GitHub with this signature; null for none.
    Answer hook(byte[] body, @Nullable String signature) {
        Map<String, String> headers = new java.util.HashMap<>();
        headers.put("Content-Type", "application/json");
        headers.put("X-GitHub-Event", "push");
        if (signature != null) {
            headers.put("X-Hub-Signature-256", signature);
        }
        return send("POST", "/api/webhook", headers, body);
    }

    static String sign(byte[] body, String secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));
            return "sha256=" + HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private Answer send(String method, String path, Map<String, String> headers, byte @Nullable [] body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path))
                .timeout(Duration.ofSeconds(40))
                .method(
                        method,
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(body));
        headers.forEach(request::header);
        try {
            HttpResponse<String> answer = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(answer.statusCode(), answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + base.resolve(path), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
