package io.driftless.sandbox;

import io.driftless.sandbox.Fault.Effect;
import io.driftless.sandbox.access.Caller;
import io.driftless.sandbox.model.ApiError;
import io.netty.buffer.Unpooled;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import java.nio.charset.StandardCharsets;

/// Requests for resources, with the faults that are in force between client and server.
final class FaultyRequests {
    private static final int NEVER = -1;
    private final Vertx vertx;
    private final Faults faults;
    private final ResourceRequests requests;

    FaultyRequests(Vertx vertx, Faults faults, ResourceRequests requests) {
        this.vertx = vertx;
        this.faults = faults;
        this.requests = requests;
    }

    void handle(HttpServerRequest request, RequestPath path, Buffer body) {
        Effect effect = faults.take(() -> Call.of(request, path));
        switch (effect) {
            case null -> requests.handle(request, path, body, NEVER);
            case Fault.Delay(long millis) -> {
                Runnable later = Caller.carried(() -> requests.handle(request, path, body, NEVER));
                vertx.setTimer(Math.max(1, millis), _ -> Answers.guarded(request, later));
            }
            case Fault.Refuse(int code, int retryAfter) -> refuse(request, code, retryAfter);
            case Fault.Close _ -> request.connection().close();
            case Fault.Garble _ -> garble(request);
            case Fault.LoseAnswer _ -> {
                request.connection().close();
                Answers.guarded(request, () -> requests.handle(request, path, body, NEVER));
            }
            case Fault.CutAfter(int events) -> requests.handle(request, path, body, events);
        }
    }

    private static void refuse(HttpServerRequest request, int code, int retryAfter) {
        if (retryAfter > 0) {
            request.response().putHeader("retry-after", Integer.toString(retryAfter));
        }
        Answers.refuse(
                request.response(), ApiError.of(code, reason(code), "the sandbox was told to refuse this request"));
    }

    private static String reason(int code) {
        return switch (code) {
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "NotFound";
            case 409 -> "Conflict";
            case 410 -> "Expired";
            case 422 -> "Invalid";
            case 429 -> "TooManyRequests";
            case 500 -> "InternalError";
            case 503 -> "ServiceUnavailable";
            case 504 -> "Timeout";
            default -> "";
        };
    }

    /// Past the HTTP codec, straight onto the connection.
    private static void garble(HttpServerRequest request) {
        var channel = ((ConnectionBase) request.connection()).channel();
        byte[] noise =
                "\u0015\u0003\u0003\u0000\u0002\u0002\u0028 this is no HTTP\r\n".getBytes(StandardCharsets.US_ASCII);
        channel.pipeline()
                .firstContext()
                .writeAndFlush(Unpooled.wrappedBuffer(noise))
                .addListener(_ -> channel.close());
    }
}
