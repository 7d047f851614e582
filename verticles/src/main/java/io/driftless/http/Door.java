package io.driftless.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.ext.web.Router;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A listening HTTP server. What it serves is mounted by the stages of this process, in their order.
public final class Door {
    private static final int IDLE_SECONDS = 3_600;
    /// Tokens that name many groups are long.
    private static final int LONGEST_HEADERS = 32 * 1024;
    private static final int MOST_STREAMS = 250;
    private final HttpServer server;

    private Door(HttpServer server) {
        this.server = server;
    }

    /// Opens it without encryption.
    public static Future<Door> open(Vertx vertx, String host, int port, List<Consumer<Router>> mounts) {
        return open(vertx, host, port, null, mounts);
    }

    /// Opens it. HTTP/1.1 and HTTP/2 are both spoken, with and without encryption.
    ///
    /// @param port 0 for a free one
    /// @param certificate null for no encryption
    /// @param mounts each adds its routes to the router
    public static Future<Door> open(
            Vertx vertx, String host, int port, @Nullable Certificate certificate, List<Consumer<Router>> mounts) {
        Router router = Router.router(vertx);
        router.route().failureHandler(context -> {
            Throwable problem = context.failure();
            Answers.fail(context, problem == null ? HttpFailure.invalid("the request cannot be understood") : problem);
        });
        mounts.forEach(mount -> mount.accept(router));
        router.route()
                .handler(context -> Answers.fail(context, HttpFailure.notFound("nothing is served at this path")));
        HttpServerOptions options = new HttpServerOptions()
                .setHost(host)
                .setPort(port)
                .setMaxHeaderSize(LONGEST_HEADERS)
                .setInitialSettings(new Http2Settings()
                        .setMaxHeaderListSize(LONGEST_HEADERS)
                        .setMaxConcurrentStreams(MOST_STREAMS))
                .setIdleTimeout(IDLE_SECONDS)
                .setIdleTimeoutUnit(TimeUnit.SECONDS);
        if (certificate != null) {
            CipherOrder.preferred().forEach(options::addEnabledCipherSuite);
            options.setSsl(true)
                    .setUseAlpn(true)
                    .setKeyCertOptions(new PemKeyCertOptions()
                            .addCertValue(Buffer.buffer(certificate.certificate()))
                            .addKeyValue(Buffer.buffer(certificate.key())));
        }
        return vertx.createHttpServer(options).requestHandler(router).listen().map(Door::new);
    }

    public int port() {
        return server.actualPort();
    }

    /// Takes no new connections and closes those that are open.
    public Future<Void> close() {
        return server.close();
    }
}
