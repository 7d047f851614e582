package io.driftless.bench;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpConnectOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Unary gRPC calls of one method on a few connections, so many at a time on each: how many are answered in a second.
final class GrpcLoad implements AutoCloseable {
    private static final int CONNECTIONS = 4;
    private static final int IN_FLIGHT = 8;
    private final Vertx vertx;
    private final HttpClientAgent client;
    private final RequestOptions options;
    private final Buffer message;
    private final List<HttpClientConnection> connections = new ArrayList<>();
    private long answers;
    private long nanos;

    /// @param path full name of the method
    /// @param message with its frame
    GrpcLoad(Vertx vertx, int port, String path, byte[] message) {
        this.vertx = vertx;
        this.client = vertx.createHttpClient(
                new HttpClientOptions().setProtocolVersion(HttpVersion.HTTP_2).setHttp2ClearTextUpgrade(false));
        this.options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setURI('/' + path)
                .putHeader("content-type", "application/grpc")
                .putHeader("te", "trailers");
        this.message = Buffer.buffer(message);
        HttpConnectOptions address =
                new HttpConnectOptions().setHost("127.0.0.1").setPort(port);
        for (int i = 0; i < CONNECTIONS; i++) {
            connections.add(client.connect(address).await());
        }
    }

    /// Calls for so long.
    void run(double seconds, boolean counted) throws IOException {
        long start = System.nanoTime();
        long end = start + (long) (seconds * 1e9);
        List<Future<Long>> lanes = new ArrayList<>();
        for (HttpClientConnection connection : connections) {
            for (int i = 0; i < IN_FLIGHT; i++) {
                lanes.add(new Lane(connection, end).begin());
            }
        }
        long all = 0;
        for (Future<Long> lane : lanes) {
            try {
                all += lane.await();
            } catch (RuntimeException e) {
                throw new IOException("a call of " + options.getURI() + " failed: " + e.getMessage(), e);
            }
        }
        if (counted) {
            answers += all;
            nanos += System.nanoTime() - start;
        }
    }

    double perSecond() {
        return nanos == 0 ? 0 : answers * 1e9 / nanos;
    }

    @Override
    public void close() {
        client.close().await();
    }

    /// One call after another.
    private final class Lane {
        private final HttpClientConnection connection;
        private final long end;
        private final Promise<Long> done = Promise.promise();
        private long answered;

        Lane(HttpClientConnection connection, long end) {
            this.connection = connection;
            this.end = end;
        }

        Future<Long> begin() {
            Context context = vertx.getOrCreateContext();
            context.runOnContext(now -> next());
            return done.future();
        }

        private void next() {
            if (System.nanoTime() >= end) {
                done.tryComplete(answered);
                return;
            }
            connection
                    .request(options)
                    .compose(request -> request.send(message))
                    .compose(response -> response.end().map(ended -> {
                        String trailer = response.getTrailer("grpc-status");
                        return trailer == null ? response.getHeader("grpc-status") : trailer;
                    }))
                    .onComplete(answer -> {
                        if (answer.failed()) {
                            done.tryFail(answer.cause());
                        } else if (!"0".equals(answer.result())) {
                            done.tryFail("the status was " + answer.result());
                        } else {
                            answered++;
                            next();
                        }
                    });
        }
    }
}
