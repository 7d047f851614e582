package io.driftless.sandbox;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/// Where the lines of a watch go. All is called on the event loop of the connection.
sealed interface WatchOutput {
    /// Adds lines; they may wait until [#flush].
    void write(byte[] framed);

    void flush();

    /// How many bytes wait for a client that does not read.
    long waiting();

    /// Lines as this output takes them.
    byte[] frame(byte[] lines);

    static WatchOutput of(HttpServerRequest request) {
        return request.version() == HttpVersion.HTTP_1_1
                ? new Chunks(((ConnectionBase) request.connection()).channel())
                : new Plain(request.response());
    }

    /// Chunks of HTTP/1.1, made once for all watches that show the same and written past the codec: with many watches
    /// that is most of what a change costs.
    final class Chunks implements WatchOutput {
        private static final byte[] LINE_END = {'\r', '\n'};
        private final Channel channel;
        private final ChannelHandlerContext context;

        Chunks(Channel channel) {
            this.channel = channel;
            this.context = channel.pipeline().firstContext();
        }

        static byte[] framed(byte[] lines) {
            byte[] head = (Integer.toHexString(lines.length) + "\r\n").getBytes(StandardCharsets.US_ASCII);
            byte[] out = new byte[head.length + lines.length + LINE_END.length];
            System.arraycopy(head, 0, out, 0, head.length);
            System.arraycopy(lines, 0, out, head.length, lines.length);
            System.arraycopy(LINE_END, 0, out, head.length + lines.length, LINE_END.length);
            return out;
        }

        @Override
        public void write(byte[] framed) {
            ByteBuf bytes = Unpooled.wrappedBuffer(framed);
            var _ = context.write(bytes, channel.voidPromise());
        }

        @Override
        public void flush() {
            context.flush();
        }

        @Override
        public long waiting() {
            ChannelOutboundBuffer out = channel.unsafe().outboundBuffer();
            return out == null ? 0 : out.totalPendingWriteBytes();
        }

        @Override
        public byte[] frame(byte[] lines) {
            return framed(lines);
        }
    }

    /// Through the response, in whatever version of HTTP it is.
    final class Plain implements WatchOutput {
        private final HttpServerResponse response;
        private final AtomicInteger unsent = new AtomicInteger();

        Plain(HttpServerResponse response) {
            this.response = response;
        }

        @Override
        public void write(byte[] framed) {
            unsent.addAndGet(framed.length);
            response.write(Buffer.buffer(framed)).onComplete(_ -> unsent.addAndGet(-framed.length));
        }

        @Override
        public void flush() {
            // Every write goes out at once.
        }

        @Override
        public long waiting() {
            return unsent.get();
        }

        @Override
        public byte[] frame(byte[] lines) {
            return lines;
        }
    }
}
