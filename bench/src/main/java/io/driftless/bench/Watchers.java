package io.driftless.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.LineBasedFrameDecoder;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Many connections that each watch the same path. An event is a line; it is looked for as bytes and not parsed.
final class Watchers implements AutoCloseable {
    private static final long LIMIT_SECONDS = 30;
    private static final int LONGEST_LINE = 1024 * 1024;
    private final OneThread connections;
    private final CountDownLatch answered;
    private final int count;
    private volatile Expected expected = new Expected("no event", 0);
    private volatile @Nullable Throwable failure;

    /// What all are to see, and how many have not yet.
    private record Expected(ByteBuf text, CountDownLatch missing) {
        Expected(String text, int missing) {
            this(Unpooled.wrappedBuffer(text.getBytes(US_ASCII)), new CountDownLatch(missing));
        }
    }

    /// Returns once each watch was answered with 200.
    Watchers(ApiAddress address, String path, int count) throws IOException, InterruptedException {
        this.connections = new OneThread(address);
        this.count = count;
        this.answered = new CountDownLatch(count);
        String request = "GET " + path + " HTTP/1.1\r\nHost: " + address.host() + ":" + address.port()
                + "\r\nUser-Agent: driftless-bench\r\nAccept: application/json\r\n\r\n";
        for (int i = 0; i < count; i++) {
            connections
                    .connect(() -> List.of(new LineBasedFrameDecoder(LONGEST_LINE), new Lines()))
                    .writeAndFlush(Unpooled.copiedBuffer(request, US_ASCII))
                    .sync();
        }
        if (!answered.await(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            throw new IOException(answered.getCount() + " watches of " + path + " had no answer", failure);
        }
    }

    /// From now on the text is what all have to see.
    void expect(String text) {
        expected = new Expected(text, count);
    }

    /// Returns as soon as all have seen it.
    void await() throws IOException, InterruptedException {
        CountDownLatch missing = expected.missing;
        if (!missing.await(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            throw new IOException(missing.getCount() + " of " + count + " watchers saw no event", failure);
        }
    }

    /// The lines of one watch.
    private final class Lines extends SimpleChannelInboundHandler<ByteBuf> {
        private boolean headRead;

        @Override
        protected void channelRead0(ChannelHandlerContext context, ByteBuf line) throws IOException {
            if (!headRead) {
                headRead = true;
                String status = line.toString(US_ASCII);
                if (!status.contains(" 200 ")) {
                    throw new IOException("a watch was answered " + status);
                }
                answered.countDown();
            }
            Expected now = expected;
            if (ByteBufUtil.indexOf(now.text, line) >= 0) {
                now.missing.countDown();
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            failure = failure == null ? new IOException("a watch ended") : failure;
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            failure = cause;
            context.close();
        }
    }

    @Override
    public void close() {
        connections.close();
    }
}
