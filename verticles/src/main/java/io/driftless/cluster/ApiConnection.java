package io.driftless.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Requests to one API server over kept-alive connections, with the credentials of the client it is given. JSON in,
/// JSON out; a
/// refusal is an [ApiException], silence a [ClusterUnreachableException].
final class ApiConnection implements AutoCloseable {
    static final ObjectMapper JSON = new ObjectMapper();
    private static final String JSON_TYPE = "application/json";
    private static final long LIMIT_SECONDS = 30;

    private final KubernetesClient client;
    private final String base;
    private final RequestCounts counts;

    ApiConnection(KubernetesClient client, RequestCounts counts) {
        this.client = client;
        String url = client.getConfiguration().getMasterUrl();
        this.base = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
        this.counts = counts;
    }

    /// One request and its whole answer. `verb` is the Kubernetes verb it is counted under.
    JsonNode send(String verb, String method, String path, @Nullable String contentType, @Nullable JsonNode body) {
        HttpRequest.Builder builder = request(path, JSON_TYPE);
        if (body != null) {
            builder.method(method, contentType == null ? JSON_TYPE : contentType, body.toString());
        } else if (!"GET".equals(method)) {
            builder.method(method, contentType == null ? JSON_TYPE : contentType, "");
        }
        return parse(send(verb, builder.build()));
    }

    JsonNode get(String verb, String path) {
        return get(verb, path, JSON_TYPE);
    }

    /// Reads; asked again once when a kept-alive connection turns out to be dead, as reading twice does no harm.
    JsonNode get(String verb, String path, String accept) {
        try {
            return parse(send(verb, request(path, accept).build()));
        } catch (ClusterUnreachableException e) {
            if (e.getCause() instanceof TimeoutException) {
                throw e;
            }
            return parse(send(verb, request(path, accept).build()));
        }
    }

    /// A request whose answer is consumed as it comes in.
    HttpClient http() {
        return client.getHttpClient();
    }

    HttpRequest streaming(String path) {
        counts.add("watch");
        return request(path, JSON_TYPE).forStreaming().build();
    }

    ClusterUnreachableException unreachable(Throwable cause) {
        Throwable root = cause instanceof ExecutionException && cause.getCause() != null ? cause.getCause() : cause;
        Throwable deepest = root;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        String why = root instanceof TimeoutException
                ? "no answer in time"
                : deepest.getMessage() == null ? deepest.getClass().getSimpleName() : deepest.getMessage();
        return new ClusterUnreachableException(
                "API server " + base + " cannot be reached (" + why + "): check its address and credentials", root);
    }

    private HttpRequest.Builder request(String path, String accept) {
        return client.getHttpClient().newHttpRequestBuilder().uri(base + path).header("Accept", accept);
    }

    private byte[] send(String verb, HttpRequest request) {
        counts.add(verb);
        CompletableFuture<HttpResponse<byte[]>> answer = client.getHttpClient().sendAsync(request, byte[].class);
        HttpResponse<byte[]> response;
        try {
            response = answer.get(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new ClusterUnreachableException("interrupted while waiting for " + base, e);
        } catch (ExecutionException | TimeoutException e) {
            answer.cancel(true);
            throw unreachable(e);
        }
        byte[] body = response.body() == null ? new byte[0] : response.body();
        if (!response.isSuccessful()) {
            throw refusal(
                    response.code(),
                    body,
                    request.method() + " " + request.uri().getPath());
        }
        return body;
    }

    private JsonNode parse(byte[] body) {
        try {
            JsonNode node = body.length == 0 ? null : JSON.readTree(body);
            return node == null ? MissingNode.getInstance() : node;
        } catch (IOException e) {
            throw new ClusterUnreachableException(base + " does not answer like an API server: " + firstLine(e), e);
        }
    }

    /// What a server says by a code outside 2xx; `metav1.Status` when it is an API server that speaks.
    static ApiException refusal(int code, byte[] body, String what) {
        try {
            JsonNode status = JSON.readTree(body);
            if (status != null && "Status".equals(status.path("kind").asText())) {
                return new ApiException(
                        code,
                        status.path("reason").asText(""),
                        status.path("message").asText("HTTP " + code));
            }
        } catch (IOException e) {
            // Not JSON: a proxy or load balancer in between answered.
            return new ApiException(code, "", what + " was answered with HTTP " + code);
        }
        return new ApiException(code, "", what + " was answered with HTTP " + code);
    }

    private static String firstLine(IOException e) {
        return e instanceof JsonProcessingException json ? json.getOriginalMessage() : "" + e.getMessage();
    }

    @Override
    public void close() {
        client.close();
    }
}
