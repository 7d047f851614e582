package io.driftless.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.LineBasedFrameDecoder;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/// Many connections that each watch the same path, all read by one thread: with a thread for each, waking them all is
/// most of what is measured. An event is a line; it is looked for as bytes and not parsed.
final class Watchers implements AutoCloseable {
    private static final long LIMIT_SECONDS = 30;
    private static final int LONGEST_LINE = 1024 * 1024;
    private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
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
        this.count = count;
        this.answered = new CountDownLatch(count);
        String request = "GET " + path + " HTTP/1.1\r\nHost: " + address.host() + ":" + address.port()
                + "\r\nUser-Agent: driftless-bench\r\nAccept: application/json\r\n\r\n";
        Bootstrap bootstrap = new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        SSLContext tls = address.tls();
                        if (tls != null) {
                            SSLEngine engine = tls.createSSLEngine(address.host(), address.port());
                            engine.setUseClientMode(true);
                            channel.pipeline().addLast(new SslHandler(engine));
                        }
                        channel.pipeline().addLast(new LineBasedFrameDecoder(LONGEST_LINE), new Lines());
                    }
                });
        for (int i = 0; i < count; i++) {
            Channel channel =
                    bootstrap.connect(address.host(), address.port()).sync().channel();
            channel.writeAndFlush(Unpooled.copiedBuffer(request, US_ASCII)).sync();
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
        protected void channelRead0(ChannelHandlerContext context, ByteBuf line) {
            if (!headRead) {
                headRead = true;
                String status = line.toString(US_ASCII);
                if (!status.contains(" 200 ")) {
                    throw new IllegalStateException("a watch was answered " + status);
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
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
