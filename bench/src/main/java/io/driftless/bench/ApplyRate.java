package io.driftless.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpVersion;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Server-side applies of changed ConfigMaps, many at a time, each connection with objects of its own.
final class ApplyRate {
    static final int IN_FLIGHT = 16;
    private static final int OBJECTS = 8;
    private static final long LIMIT_SECONDS = 30;
    private static final int LONGEST_ANSWER = 1024 * 1024;
    private final ApiAddress address;
    private final String namespace;
    private long applies;
    private long nanos;
    private int edition;

    ApplyRate(ApiAddress address, String namespace) {
        this.address = address;
        this.namespace = namespace;
    }

    /// Applies for some time; counts unless it is to warm up.
    void run(double seconds, boolean counted) throws IOException, InterruptedException {
        edition++;
        try (OneThread connections = new OneThread(address)) {
            long start = System.nanoTime();
            long end = start + (long) (seconds * 1e9);
            List<Applying> all = new ArrayList<>();
            for (int i = 0; i < IN_FLIGHT; i++) {
                Applying one = new Applying(i, end);
                all.add(one);
                connections.connect(
                        () -> List.of(new HttpClientCodec(), new HttpObjectAggregator(LONGEST_ANSWER), one));
            }
            long done = 0;
            for (Applying one : all) {
                done += one.ended.get((long) seconds + LIMIT_SECONDS, TimeUnit.SECONDS);
            }
            if (counted) {
                applies += done;
                nanos += System.nanoTime() - start;
            }
        } catch (TimeoutException e) {
            throw new IOException(address.host() + ":" + address.port() + " no longer answers applies", e);
        } catch (ExecutionException e) {
            throw new IOException("applying to " + address.host() + ":" + address.port() + " failed", e.getCause());
        }
    }

    /// One connection: each answer is followed by the next apply, until the time is over.
    private final class Applying extends SimpleChannelInboundHandler<FullHttpResponse> {
        private final CompletableFuture<Integer> ended = new CompletableFuture<>();
        private final int connection;
        private final long end;
        private int done;

        Applying(int connection, long end) {
            this.connection = connection;
            this.end = end;
        }

        @Override
        public void channelActive(ChannelHandlerContext context) {
            context.writeAndFlush(next());
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, FullHttpResponse answer) throws IOException {
            if (answer.status().code() / 100 != 2) {
                throw new IOException("an apply was answered " + answer.status() + ": "
                        + answer.content().toString(UTF_8));
            }
            done++;
            if (System.nanoTime() < end) {
                context.writeAndFlush(next());
            } else {
                ended.complete(done);
                context.close();
            }
        }

        private FullHttpRequest next() {
            String name = "apply-" + connection + "-" + done % OBJECTS;
            byte[] body = SandboxObjects.configMap(namespace, name, edition + "-" + done)
                    .getBytes(UTF_8);
            FullHttpRequest request = new DefaultFullHttpRequest(
                    HttpVersion.HTTP_1_1,
                    HttpMethod.PATCH,
                    "/api/v1/namespaces/" + namespace + "/configmaps/" + name + "?fieldManager=bench&force=true",
                    Unpooled.wrappedBuffer(body));
            request.headers()
                    .set("Host", address.host() + ":" + address.port())
                    .set("User-Agent", "driftless-bench")
                    .set("Accept", "application/json")
                    .set("Content-Type", "application/apply-patch+yaml")
                    .setInt("Content-Length", body.length);
            return request;
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            ended.completeExceptionally(new IOException("the API server closed the connection"));
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            ended.completeExceptionally(cause);
            context.close();
        }
    }

    double perSecond() {
        return nanos == 0 ? 0 : applies * 1e9 / nanos;
    }
}
