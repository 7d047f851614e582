package io.driftless.http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads request bodies within bounds: so many bytes each (counted while they stream in, whatever
/// `Content-Length` says), so long, and so many bytes of all bodies together that are being read or worked on.
public final class BodyReader {
    private final long limitBytes;
    private final Duration limitTime;
    private final long totalBytes;
    private final AtomicLong held = new AtomicLong();

    /// @param limitBytes the longest body
    /// @param limitTime how long a body may take to arrive
    /// @param totalBytes the most bytes held at once for all requests
    public BodyReader(long limitBytes, Duration limitTime, long totalBytes) {
        this.limitBytes = limitBytes;
        this.limitTime = limitTime;
        this.totalBytes = totalBytes;
    }

    /// Reads the body and gives it to `use`; its bytes count as held until what `use` began is complete. Fails
    /// with [HttpFailure] when the body is encoded, too large or too slow.
    public <T> Future<T> read(RoutingContext context, Function<Buffer, Future<T>> use) {
        HttpServerRequest request = context.request();
        @Nullable HttpFailure refusal = refusal(request);
        if (refusal != null) {
            return Future.failedFuture(refusal);
        }
        if ("100-continue".equalsIgnoreCase(request.getHeader("Expect"))) {
            context.response().writeContinue();
        }
        Collector collector = new Collector();
        long timer = context.vertx()
                .setTimer(limitTime.toMillis(), id -> collector.fail(HttpFailure.tooSlow(limitTime.toSeconds())));
        request.handler(collector::take);
        request.endHandler(end -> collector.body.tryComplete(collector.bytes));
        request.exceptionHandler(
                lost -> collector.fail(HttpFailure.invalid("the connection was lost before the body was complete")));
        return collector
                .body
                .future()
                .onComplete(done -> context.vertx().cancelTimer(timer))
                .compose(use)
                .onComplete(done -> held.addAndGet(-collector.counted));
    }

    /// Bytes held at present.
    public long held() {
        return held.get();
    }

    private @Nullable HttpFailure refusal(HttpServerRequest request) {
        String encoding = request.getHeader("Content-Encoding");
        if (encoding != null && !encoding.toLowerCase(Locale.ROOT).equals("identity")) {
            return HttpFailure.mediaType("encoded bodies are not accepted; send it without Content-Encoding");
        }
        String length = request.getHeader("Content-Length");
        if (length != null && (length.length() > 18 || Long.parseLong(length) > limitBytes)) {
            return HttpFailure.tooLarge(limitBytes);
        }
        return null;
    }

    /// Collects one body. Once it failed, what still comes in is dropped.
    private final class Collector {
        private final Promise<Buffer> body = Promise.promise();
        private Buffer bytes = Buffer.buffer();
        private long counted;

        void take(Buffer chunk) {
            if (body.future().isComplete()) {
                return;
            }
            counted += chunk.length();
            long all = held.addAndGet(chunk.length());
            if (counted > limitBytes) {
                fail(HttpFailure.tooLarge(limitBytes));
            } else if (all > totalBytes) {
                fail(HttpFailure.unavailable("too many large requests at once; try again"));
            } else {
                bytes.appendBuffer(chunk);
            }
        }

        void fail(HttpFailure failure) {
            bytes = Buffer.buffer();
            body.tryFail(failure);
        }
    }
}
