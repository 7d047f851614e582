package io.driftless.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.http.HttpFailure;
import io.driftless.proto.MethodType;
import io.driftless.proto.Schema;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What each method of a schema does. Those that nobody wrote answer that they are not supported yet.
public final class Methods {
    private final Schema schema;
    private final Map<String, Unary> unary = new HashMap<>();
    private final Map<String, Streaming> streaming = new HashMap<>();
    private final Map<String, AtOnce> atOnce = new HashMap<>();
    private final Map<String, Gathering> gathering = new HashMap<>();

    /// A method with one answer. Runs on a virtual thread, so it may block; fails with [HttpFailure].
    @FunctionalInterface
    public interface Unary {
        JsonNode call(Call call, ObjectNode request);
    }

    /// A method that has an answer at hand for some requests. Runs on the context of the connection
    /// and must not block; null when the request has to go the long way.
    @FunctionalInterface
    public interface AtOnce {
        @Nullable
        JsonNode call(Call call, ObjectNode request);
    }

    /// A method with a stream of answers. Runs on the context of the connection and must not block.
    @FunctionalInterface
    public interface Streaming {
        void open(Call call, ObjectNode request, Outlet outlet);
    }

    /// A method with one answer to a stream of messages, which has ended when it is called. Runs on a virtual
    /// thread, so it may block; fails with [HttpFailure]. A message is read when it is asked for, which fails in
    /// the same way where it is malformed.
    @FunctionalInterface
    public interface Gathering {
        JsonNode call(Call call, Iterable<ObjectNode> messages);
    }

    public Methods(Schema schema) {
        this.schema = schema;
    }

    public Schema schema() {
        return schema;
    }

    public Methods unary(String path, Unary method) {
        checkNew(path, false, false);
        unary.put(path, method);
        return this;
    }

    /// A short way for a method that there is.
    public Methods atOnce(String path, AtOnce method) {
        atOnce.put(path, method);
        return this;
    }

    public Methods streaming(String path, Streaming method) {
        checkNew(path, false, true);
        streaming.put(path, method);
        return this;
    }

    public Methods gathering(String path, Gathering method) {
        checkNew(path, true, false);
        gathering.put(path, method);
        return this;
    }

    private void checkNew(String path, boolean streamsIn, boolean streamsOut) {
        MethodType type = schema.method(path);
        boolean there = unary.containsKey(path) || streaming.containsKey(path) || gathering.containsKey(path);
        if (type == null || type.streamsIn() != streamsIn || type.streamsOut() != streamsOut || there) {
            throw new IllegalArgumentException("not a method, not of this kind or there already: " + path);
        }
    }

    /// Calls a method and writes its answer, both on a virtual thread: a large answer keeps nobody waiting.
    <T> Future<T> call(MethodType type, Call call, ObjectNode request, Function<JsonNode, T> written) {
        @Nullable Unary method = unary.get(type.path());
        if (method == null) {
            return Future.failedFuture(unsupported(type));
        }
        AtOnce quick = atOnce.get(type.path());
        if (quick != null) {
            try {
                JsonNode known = quick.call(call, request);
                if (known != null) {
                    return Future.succeededFuture(written.apply(known));
                }
            } catch (HttpFailure problem) {
                return Future.failedFuture(problem);
            }
        }
        return aside(type, call, () -> method.call(call, request), written);
    }

    /// The same of a method that takes a stream of messages.
    <T> Future<T> gather(MethodType type, Call call, Iterable<ObjectNode> messages, Function<JsonNode, T> written) {
        @Nullable Gathering method = gathering.get(type.path());
        return method == null
                ? Future.failedFuture(unsupported(type))
                : aside(type, call, () -> method.call(call, messages), written);
    }

    private static <T> Future<T> aside(
            MethodType type, Call call, Supplier<JsonNode> method, Function<JsonNode, T> written) {
        Promise<T> answer = Promise.promise();
        // Answers go out on the context of the connection: from another thread, a write and the end could overtake
        // another.
        Context context = call.vertx().getOrCreateContext();
        Thread.ofVirtual().name(type.path()).start(() -> {
            try {
                T result = written.apply(method.get());
                context.runOnContext(now -> answer.complete(result));
            } catch (Throwable problem) {
                context.runOnContext(now -> answer.fail(problem));
            }
        });
        return answer.future();
    }

    void open(MethodType type, Call call, ObjectNode request, Outlet outlet) {
        @Nullable Streaming method = streaming.get(type.path());
        if (method == null) {
            throw unsupported(type);
        }
        method.open(call, request, outlet);
    }

    private static HttpFailure unsupported(MethodType type) {
        return HttpFailure.unsupported("method " + type.path());
    }
}
