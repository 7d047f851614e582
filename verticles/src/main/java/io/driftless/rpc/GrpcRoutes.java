package io.driftless.rpc;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.http.Answers;
import io.driftless.http.HttpFailure;
import io.driftless.proto.MethodType;
import io.driftless.proto.WireException;
import io.driftless.proto.WireReader;
import io.driftless.proto.WireWriter;
import io.driftless.rpc.GrpcReply.Dialect;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// The gRPC door, native and Web, on the port that serves everything else too: requests are told apart by their content
/// type.
public final class GrpcRoutes {
    private static final int LONGEST_TIMEOUT_DIGITS = 8;
    private final Methods methods;
    private final Doorman doorman;
    private final Bodies bodies;

    public GrpcRoutes(Methods methods, Doorman doorman, Bodies bodies) {
        this.methods = methods;
        this.doorman = doorman;
        this.bodies = bodies;
    }

    public void mount(Router router) {
        router.post().handler(context -> {
            @Nullable Dialect dialect = Dialect.of(context.request().getHeader("Content-Type"));
            if (dialect == null) {
                context.next();
            } else {
                serve(context, dialect);
            }
        });
    }

    private void serve(RoutingContext context, Dialect dialect) {
        HttpServerRequest request = context.request();
        if (dialect == Dialect.GRPC && request.version() != HttpVersion.HTTP_2) {
            Answers.fail(context, HttpFailure.mediaType("gRPC needs HTTP/2; over HTTP/1.1 use gRPC-Web"));
            return;
        }
        GrpcReply reply = new GrpcReply(context.response(), dialect);
        try {
            MethodType method = methods.schema().method(request.path().substring(1));
            if (method == null) {
                throw HttpFailure.unsupported("method of this name");
            }
            Call call = Call.admit(context.vertx(), doorman, method, request);
            long timeoutMillis = timeout(request.getHeader("grpc-timeout"));
            long timer = timeoutMillis < 0
                    ? -1
                    : context.vertx().setTimer(timeoutMillis, id -> reply.fail(HttpFailure.deadline()));
            context.addEndHandler(ended -> context.vertx().cancelTimer(timer));
            bodies.of(method)
                    .read(context, body -> {
                        byte[] frames = frames(dialect, body);
                        if (method.streamsIn()) {
                            return methods.gather(
                                    method,
                                    call,
                                    messages(method, frames),
                                    answer -> WireWriter.write(method.response(), answer));
                        }
                        ObjectNode message = message(method, GrpcFrames.only(frames));
                        if (method.streamsOut()) {
                            GrpcOutlet outlet = new GrpcOutlet(context, reply, method.response());
                            methods.open(method, call, message, outlet);
                            return Future.<byte[]>succeededFuture();
                        }
                        return methods.call(
                                method, call, message, answer -> WireWriter.write(method.response(), answer));
                    })
                    .onSuccess(answer -> {
                        if (answer != null && !context.response().ended()) {
                            reply.single(answer, call.answerHeaders());
                        }
                    })
                    .onFailure(problem -> reply.fail(Answers.failureOf(context.request(), problem)));
        } catch (HttpFailure failure) {
            // The body is not read; what the client still sends is dropped.
            request.handler(discarded -> {});
            request.resume();
            reply.fail(failure);
        }
    }

    private static byte[] frames(Dialect dialect, Buffer body) {
        return dialect == Dialect.WEB_TEXT ? GrpcFrames.fromText(body.getBytes()) : body.getBytes();
    }

    private static Iterable<ObjectNode> messages(MethodType method, byte[] frames) {
        return () -> StreamSupport.stream(GrpcFrames.all(frames).spliterator(), false)
                .map(message -> message(method, message))
                .iterator();
    }

    private static ObjectNode message(MethodType method, byte[] message) {
        try {
            return WireReader.read(method.request(), message);
        } catch (WireException e) {
            throw HttpFailure.invalid("the message is not a " + method.request() + ": " + e.getMessage());
        }
    }

    /// Milliseconds until the client gives up; -1 when it does not say.
    static long timeout(@Nullable String text) {
        if (text == null || !text.matches("[0-9]{1," + LONGEST_TIMEOUT_DIGITS + "}[HMSmun]")) {
            return -1;
        }
        long amount = Long.parseLong(text.substring(0, text.length() - 1));
        TimeUnit unit = switch (text.charAt(text.length() - 1)) {
            case 'H' -> TimeUnit.HOURS;
            case 'M' -> TimeUnit.MINUTES;
            case 'S' -> TimeUnit.SECONDS;
            case 'm' -> TimeUnit.MILLISECONDS;
            case 'u' -> TimeUnit.MICROSECONDS;
            default -> TimeUnit.NANOSECONDS;
        };
        return Math.clamp(unit.toMillis(amount), 1, TimeUnit.DAYS.toMillis(7));
    }
}
