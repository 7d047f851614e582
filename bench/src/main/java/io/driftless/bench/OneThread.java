package io.driftless.bench;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslHandler;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;

/// Connections to an API server that one thread serves: with a thread for each, waking them all would be a good part of
/// what is measured.
final class OneThread implements AutoCloseable {
    private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final ApiAddress address;

    OneThread(ApiAddress address) {
        this.address = address;
    }

    /// Opens a connection, which the handlers read and write.
    Channel connect(Supplier<List<ChannelHandler>> handlers) throws InterruptedException {
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
                        channel.pipeline().addLast(handlers.get().toArray(ChannelHandler[]::new));
                    }
                });
        return bootstrap.connect(address.host(), address.port()).sync().channel();
    }

    @Override
    public void close() {
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
