package io.driftless.sandbox;

import io.vertx.core.http.HttpServerRequest;

/// A request for a resource: what is to be done, to what, and who asks.
record Call(String verb, RequestPath path, String client) {
    static Call of(HttpServerRequest request, RequestPath path) {
        return new Call(verb(request, path), path, client(request));
    }

    private static String verb(HttpServerRequest request, RequestPath path) {
        return switch (request.method().name()) {
            case "GET" -> path.watches(request) ? "watch" : path.name().isEmpty() ? "list" : "get";
            case "POST" -> "create";
            case "PUT" -> "update";
            case "PATCH" -> {
                String type = request.getHeader("content-type");
                yield type != null && type.startsWith("application/apply-patch") ? "apply" : "patch";
            }
            case "DELETE" -> "delete";
            default -> "";
        };
    }

    /// The name before the slash in `User-Agent`.
    static String client(HttpServerRequest request) {
        String agent = request.getHeader("user-agent");
        return agent == null || agent.isEmpty() ? "unknown" : agent.split("/", 2)[0];
    }
}
