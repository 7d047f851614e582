package io.driftless.manifest.git;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// HTTP/1.1 requests over connections that stay open. Redirects are answers like others; nothing is followed.
final class HttpWire implements AutoCloseable {
    private static final int MOST_CONNECTIONS = 32;
    private final HttpClient client;
    /// One for all requests, so that their connections are of its event loop, and a body is never there before somebody
    /// takes it in.
    private final Context context;

    /// An answer: its head, and its body as it comes. Whoever has it closes it.
    record Answer(HttpClientResponse head, InputStream body) implements AutoCloseable {
        int status() {
            return head.statusCode();
        }

        /// The first header of that name; `standard` where there is none.
        String header(String name, String standard) {
            String value = head.getHeader(name);
            return value == null ? standard : value;
        }

        @Override
        public void close() throws IOException {
            body.close();
        }
    }

    HttpWire(Vertx vertx, Duration connectTimeout) {
        this.context = vertx.getOrCreateContext();
        this.client = vertx.createHttpClient(
                new HttpClientOptions()
                        .setConnectTimeout((int) connectTimeout.toMillis())
                        .setMaxHeaderSize(32 << 10),
                // For each host: as many fetches of different repositories may run side by side.
                new PoolOptions().setHttp1MaxSize(MOST_CONNECTIONS));
    }

    /// @param silence how long nothing may come before the request fails
    /// @param body    posted; null to get
    CompletableFuture<Answer> send(URI address, Map<String, String> headers, Duration silence, byte @Nullable [] body) {
        RequestOptions options = new RequestOptions()
                .setMethod(body == null ? HttpMethod.GET : HttpMethod.POST)
                .setAbsoluteURI(address.toString())
                .setIdleTimeout(Math.max(1, silence.toMillis()));
        headers.forEach(options::putHeader);
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        context.runOnContext(onItsLoop -> client.request(options)
                .compose(request -> body == null ? request.send() : request.send(Buffer.buffer(body)))
                .map(response -> new Answer(response, new ArrivingBody(response)))
                .onSuccess(answer::complete)
                .onFailure(answer::completeExceptionally));
        return answer;
    }

    @Override
    public void close() {
        client.close();
    }
}
