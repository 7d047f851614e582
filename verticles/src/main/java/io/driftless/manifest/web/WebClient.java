package io.driftless.manifest.web;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// One GET to an address that was chosen before: the name in the URL is for the certificate and the
/// `Host` header and is not looked up again, so a name that changes its address after the check
/// gains nothing.
final class WebClient implements AutoCloseable {
    private final HttpClient client;
    private final Duration patience;
    private final int mostBytes;

    /// An answer with its content; that of a refusal is not kept.
    record Answer(int status, String location, String etag, String modified, byte[] body) {}

    /// The content is larger than allowed.
    static final class TooLarge extends IOException {
        private static final long serialVersionUID = 1;

        TooLarge(int mostBytes) {
            super("it has more than " + mostBytes + " bytes");
        }
    }

    WebClient(Vertx vertx, Duration patience, int mostBytes) {
        this.patience = patience;
        this.mostBytes = mostBytes;
        this.client = vertx.createHttpClient(new HttpClientOptions()
                .setConnectTimeout((int) Math.min(10_000, patience.toMillis()))
                .setKeepAlive(false)
                .setMaxHeaderSize(32 << 10));
    }

    /// @param conditions headers that let the server answer with 304
    Answer get(URI uri, InetAddress address, Map<String, String> conditions) throws IOException, InterruptedException {
        RequestOptions options = new RequestOptions()
                .setServer(SocketAddress.inetSocketAddress(HostRule.port(uri), address.getHostAddress()))
                .setHost(uri.getHost())
                .setPort(HostRule.port(uri))
                .setSsl("https".equalsIgnoreCase(uri.getScheme()))
                .setURI(target(uri))
                .putHeader("User-Agent", "driftless")
                .putHeader("Accept", "*/*");
        conditions.forEach(options::putHeader);
        AtomicReference<@Nullable HttpClientRequest> sent = new AtomicReference<>();
        CompletableFuture<Answer> answer = client.request(options)
                .compose(request -> {
                    sent.set(request);
                    return request.send();
                })
                .compose(this::read)
                .toCompletionStage()
                .toCompletableFuture();
        try {
            return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof IOException known && known.getCause() == null
                    ? known
                    : new IOException(reason(failed), failed);
        } catch (TimeoutException slow) {
            throw new IOException("it did not finish within " + patience.toSeconds() + " s", slow);
        } finally {
            HttpClientRequest request = sent.get();
            if (request != null) {
                request.reset();
            }
        }
    }

    /// The message nearest to the cause: what fails around it only says that something failed.
    private static String reason(Throwable failed) {
        String reason = failed.getClass().getSimpleName();
        for (Throwable at = failed; at != null; at = at.getCause()) {
            reason = at.getMessage() == null ? reason : at.getMessage();
        }
        return reason;
    }

    private static String target(URI uri) {
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
    }

    private Future<Answer> read(HttpClientResponse response) {
        Promise<Answer> whole = Promise.promise();
        if (response.statusCode() != 200) {
            whole.complete(answer(response, Buffer.buffer()));
            return whole.future();
        }
        Buffer body = Buffer.buffer();
        response.handler(part -> {
            if (body.length() + part.length() > mostBytes) {
                whole.tryFail(new TooLarge(mostBytes));
                response.request().reset();
            } else {
                body.appendBuffer(part);
            }
        });
        response.exceptionHandler(whole::tryFail);
        response.endHandler(end -> whole.tryComplete(answer(response, body)));
        return whole.future();
    }

    private static Answer answer(HttpClientResponse response, Buffer body) {
        return new Answer(
                response.statusCode(),
                header(response, "Location"),
                header(response, "ETag"),
                header(response, "Last-Modified"),
                body.getBytes());
    }

    private static String header(HttpClientResponse response, String name) {
        String value = response.getHeader(name);
        return value == null || value.length() > 4096 ? "" : value;
    }

    @Override
    public void close() {
        client.close();
    }
}
