package io.driftless.http;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/// Serves everything below a path, such as `/driftless`: what comes for `/driftless/api/version`
/// goes on as `/api/version`. Probes, metrics and native gRPC, whose clients know no such paths,
/// are served without it too; nothing else is.
public final class RootPath {
    private static final String TAKEN_OFF = "driftless.rootpath";
    private final String prefix;

    /// @param path such as `/driftless`, with or without slashes around; empty for none
    public RootPath(String path) {
        this.prefix = normalised(path);
    }

    /// A path with a slash in front and none at the end; empty for the root. Fails with [IllegalArgumentException].
    public static String normalised(String path) {
        String inner = path.strip();
        while (inner.startsWith("/")) {
            inner = inner.substring(1);
        }
        while (inner.endsWith("/")) {
            inner = inner.substring(0, inner.length() - 1);
        }
        if (inner.isEmpty()) {
            return "";
        }
        if (!inner.matches("[A-Za-z0-9._~-]+(/[A-Za-z0-9._~-]+)*") || inner.contains("..")) {
            throw new IllegalArgumentException(
                    "a root path is made of letters, digits, dots, dashes and slashes: " + path);
        }
        return '/' + inner;
    }

    /// To be mounted before all else.
    public void mount(Router router) {
        if (!prefix.isEmpty()) {
            router.route().handler(this::handle);
        }
    }

    private void handle(RoutingContext context) {
        if (context.<Boolean>get(TAKEN_OFF) != null) {
            context.next();
            return;
        }
        String uri = context.request().uri();
        String path = context.request().path();
        if (path != null && path.equals(prefix)) {
            context.response()
                    .setStatusCode(301)
                    .putHeader("Location", prefix + '/')
                    .end();
        } else if (uri.startsWith(prefix + '/')) {
            context.put(TAKEN_OFF, true);
            context.reroute(uri.substring(prefix.length()));
        } else if (open(context, path)) {
            context.next();
        } else {
            Answers.fail(context, HttpFailure.notFound("this server serves below " + prefix + '/'));
        }
    }

    private static boolean open(RoutingContext context, String path) {
        String type = context.request().getHeader("Content-Type");
        return type != null && type.startsWith("application/grpc")
                || "/healthz".equals(path)
                || "/readyz".equals(path)
                || "/metrics".equals(path);
    }
}
