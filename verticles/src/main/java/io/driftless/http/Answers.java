package io.driftless.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.driftless.events.EventCodec;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes answers: JSON documents, and errors in the shape of Argo CD's gateway
/// (`{"error","message","code"}`).
public final class Answers {
    private static final Logger LOG = LoggerFactory.getLogger(Answers.class);
    private static final ObjectMapper MAPPER = EventCodec.mapper();
    /// How long a refused sender may go on sending before the connection is cut: closing at once would reset
    /// the connection and with it the answer that says why.
    private static final long LINGER_MILLIS = 500;

    private Answers() {}

    public static void json(RoutingContext context, int status, JsonNode document) {
        json(context, status, bytes(document));
    }

    /// @param document already written
    public static void json(RoutingContext context, int status, byte[] document) {
        HttpServerResponse response = context.response();
        if (response.ended() || response.closed()) {
            return;
        }
        response.setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .putHeader("Cache-Control", "no-store")
                .putHeader("X-Content-Type-Options", "nosniff");
        response.end(Buffer.buffer(document));
    }

    /// Answers with an error.
    public static void fail(RoutingContext context, Throwable problem) {
        HttpFailure failure = failureOf(context.request(), problem);
        HttpServerResponse response = context.response();
        if (response.headWritten()) {
            response.reset();
            return;
        }
        failure.headers().forEach(response::putHeader);
        if (failure.closing()) {
            closeAfterAnswer(context);
        }
        json(context, failure.status(), document(failure));
    }

    static JsonNode document(HttpFailure failure) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("error", failure.text())
                .put("message", failure.text())
                .put("code", failure.code());
    }

    /// What the caller is told. Unexpected problems are logged; the caller learns no more than that something broke.
    public static HttpFailure failureOf(HttpServerRequest request, Throwable problem) {
        if (problem instanceof HttpFailure failure) {
            return failure;
        }
        if (problem instanceof TimeoutException) {
            return HttpFailure.unavailable("the broker did not acknowledge in time; try again");
        }
        LOG.error("{} {} failed", request.method(), request.path(), problem);
        return HttpFailure.internal("internal error; the log of the server says more");
    }

    private static void closeAfterAnswer(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (request.version() != HttpVersion.HTTP_2) {
            context.response().putHeader("Connection", "close");
        }
        if (!request.isEnded()) {
            request.handler(discarded -> {});
            request.resume();
        }
        context.vertx().setTimer(LINGER_MILLIS, id -> request.connection().close());
    }

    public static byte[] bytes(JsonNode document) {
        try {
            return MAPPER.writeValueAsBytes(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write a JSON document", e);
        }
    }

    public static String text(JsonNode document) {
        return new String(bytes(document), UTF_8);
    }
}
