package io.driftless.http;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;

/// Where requests come from, for logs.
public final class Remote {
    private Remote() {}

    /// The address of the other end of the connection, which may be a proxy; empty where it is not known.
    public static String of(HttpServerRequest request) {
        SocketAddress address = request.remoteAddress();
        String host = address == null ? null : address.hostAddress();
        return host == null ? "" : host;
    }
}
