package io.driftless.pipeline;

import io.driftless.http.Certificate;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.PemKeyCertOptions;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Another address of an API server, which lets nobody in without the token of the day.
final class TokenGate implements AutoCloseable {
    private final URI target;
    private final HttpClient client;
    private final HttpServer server;
    private final @Nullable Certificate certificate;
    private final Set<HttpConnection> open = ConcurrentHashMap.newKeySet();
    private volatile String token;

    /// @param certificate for TLS; null for none
    TokenGate(Vertx vertx, URI target, String token, @Nullable Certificate certificate) {
        this.target = target;
        this.token = token;
        this.certificate = certificate;
        this.client = vertx.createHttpClient(new PoolOptions().setHttp1MaxSize(200));
        HttpServerOptions options = new HttpServerOptions();
        if (certificate != null) {
            options.setSsl(true)
                    .setKeyCertOptions(new PemKeyCertOptions()
                            .addCertValue(Buffer.buffer(certificate.certificate()))
                            .addKeyValue(Buffer.buffer(certificate.key())));
        }
        this.server = vertx.createHttpServer(options)
                .requestHandler(this::handle)
                .connectionHandler(connection -> {
                    open.add(connection);
                    connection.closeHandler(closed -> open.remove(connection));
                })
                .listen(0, "127.0.0.1")
                .await();
    }

    String url() {
        return (certificate == null ? "http" : "https") + "://127.0.0.1:" + server.actualPort();
    }

    /// From now on this one opens, and no other; whoever is in has to come in again.
    void accept(String other) {
        token = other;
        open.forEach(HttpConnection::close);
    }

    private void handle(HttpServerRequest request) {
        if (!("Bearer " + token).equals(request.getHeader("Authorization"))) {
            request.response()
                    .setStatusCode(401)
                    .putHeader("Content-Type", "application/json")
                    .end(
                            "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\",\"message\":\"Unauthorized\","
                                    + "\"reason\":\"Unauthorized\",\"code\":401}");
            return;
        }
        request.body().onSuccess(body -> forward(request, body));
    }

    private void forward(HttpServerRequest request, Buffer body) {
        RequestOptions options = new RequestOptions()
                .setMethod(request.method())
                .setHost(target.getHost())
                .setPort(target.getPort())
                .setURI(request.uri())
                .setHeaders(MultiMap.caseInsensitiveMultiMap()
                        .addAll(request.headers())
                        .remove("Host")
                        .remove("Authorization")
                        .remove("Content-Length"));
        client.request(options)
                .compose(out -> {
                    request.response().closeHandler(closed -> out.reset());
                    return out.send(body).compose(in -> {
                        request.response().setStatusCode(in.statusCode()).setChunked(true);
                        String type = in.getHeader("Content-Type");
                        if (type != null) {
                            request.response().putHeader("Content-Type", type);
                        }
                        // A watch of which there is no news has a beginning all the same.
                        request.response().writeHead();
                        return in.pipeTo(request.response());
                    });
                })
                .onFailure(problem -> {
                    if (!request.response().headWritten()) {
                        request.response().setStatusCode(502).end();
                    }
                });
    }

    @Override
    public void close() {
        server.close().await();
        client.close().await();
    }
}
