package io.driftless.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Requests to one API server over kept-alive connections, with the credentials there are at that time. JSON in, JSON
/// out; a refusal is an [ApiException], silence a [ClusterUnreachableException].
final class ApiConnection implements AutoCloseable {
    static final ObjectMapper JSON = new ObjectMapper();
    private static final String JSON_TYPE = "application/json";
    private static final long LIMIT_SECONDS = 30;
    private static final int UNAUTHORIZED = 401;

    private final Access access;
    private final String base;
    private final RequestCounts counts;

    ApiConnection(Access access, RequestCounts counts) {
        this.access = access;
        String url = access.client().getConfiguration().getMasterUrl();
        this.base = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
        this.counts = counts;
    }

    /// One request and its whole answer. `verb` is the Kubernetes verb it is counted under.
    JsonNode send(String verb, String method, String path, @Nullable String contentType, @Nullable JsonNode body) {
        return parse(send(verb, client -> {
            HttpRequest.Builder builder = request(client, path, JSON_TYPE);
            if (body != null) {
                builder.method(method, contentType == null ? JSON_TYPE : contentType, body.toString());
            } else if (!"GET".equals(method)) {
                builder.method(method, contentType == null ? JSON_TYPE : contentType, "");
            }
            return builder.build();
        }));
    }

    JsonNode get(String verb, String path) {
        return get(verb, path, JSON_TYPE);
    }

    /// Reads; asked again once when a kept-alive connection turns out to be dead, as reading twice does no harm.
    JsonNode get(String verb, String path, String accept) {
        Function<KubernetesClient, HttpRequest> request =
                client -> request(client, path, accept).build();
        try {
            return parse(send(verb, request));
        } catch (ClusterUnreachableException e) {
            if (e.getCause() instanceof TimeoutException) {
                throw e;
            }
            return parse(send(verb, request));
        }
    }

    /// The client to ask for an answer that is consumed as it comes in.
    KubernetesClient client() {
        return access.client();
    }

    HttpRequest streaming(KubernetesClient client, String path) {
        counts.add("watch");
        return request(client, path, JSON_TYPE).forStreaming().build();
    }

    /// To be called when a client did not reach the server: its credentials or its certificate may be of yesterday.
    ClusterUnreachableException unreachable(KubernetesClient client, Throwable cause) {
        ClusterUnreachableException problem = unreachable(cause);
        boolean other = access.renewed(client);
        return other
                ? new ClusterUnreachableException(
                        problem.getMessage() + "; its Secret has changed, trying again", cause)
                : problem;
    }

    /// What a refusal of this client's request is to be called.
    ApiException refused(KubernetesClient client, ApiException refusal) {
        return refusal.code() == UNAUTHORIZED && !access.renewed(client)
                ? new ApiException(refusal.code(), refusal.reason(), access.refusal("" + refusal.getMessage()))
                : refusal;
    }

    private ClusterUnreachableException unreachable(Throwable cause) {
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

    private HttpRequest.Builder request(KubernetesClient client, String path, String accept) {
        return client.getHttpClient().newHttpRequestBuilder().uri(base + path).header("Accept", accept);
    }

    /// Sent again once where the credentials were refused and there are others: nothing has been done then.
    private byte[] send(String verb, Function<KubernetesClient, HttpRequest> request) {
        KubernetesClient client = access.client();
        try {
            return send(verb, client, request.apply(client));
        } catch (ApiException e) {
            if (e.code() == UNAUTHORIZED && access.renewed(client)) {
                KubernetesClient other = access.client();
                return send(verb, other, request.apply(other));
            }
            throw refused(client, e);
        }
    }

    private byte[] send(String verb, KubernetesClient client, HttpRequest request) {
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
            throw unreachable(client, e);
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
        access.close();
    }
}
