package io.driftless.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.http.Answers;
import io.driftless.http.HttpFailure;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.Context;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;

/// A stream of JSON documents: one a line, or server-sent events where the client asks for them.
final class RestOutlet implements Outlet {
    private static final int QUEUE_BYTES = 256 * 1024;
    private final RoutingContext request;
    private final HttpServerResponse response;
    private final Context context;
    private final boolean events;
    private final FieldFilter fields;

    RestOutlet(RoutingContext request, FieldFilter fields) {
        this.request = request;
        this.response = request.response();
        this.context = request.vertx().getOrCreateContext();
        this.fields = fields;
        String accept = request.request().getHeader("Accept");
        this.events = accept != null && accept.contains("text/event-stream");
    }

    private void begin() {
        response.setChunked(true)
                .putHeader("Content-Type", events ? "text/event-stream" : "application/json")
                .putHeader("Cache-Control", "no-store")
                .putHeader("X-Content-Type-Options", "nosniff");
        response.setWriteQueueMaxSize(QUEUE_BYTES);
        if (events) {
            response.write(": driftless\n\n");
        } else {
            response.writeHead();
        }
    }

    @Override
    public Context context() {
        return context;
    }

    @Override
    public boolean full() {
        return response.writeQueueFull();
    }

    @Override
    public boolean closed() {
        return response.closed() || response.ended();
    }

    @Override
    public void write(JsonNode message) {
        line(fields.applied(JsonNodeFactory.instance.objectNode().set("result", message)));
    }

    private void line(JsonNode document) {
        if (!response.headWritten()) {
            begin();
        }
        String text = Answers.text(document);
        response.write(events ? "data: " + text + "\n\n" : text + "\n");
    }

    /// Documents may have blanks around them, and who reads lines finds one in front of the next document, where it
    /// is none of his business: proxies see that something comes, and no reader sees anything.
    @Override
    public void beat() {
        if (closed() || full()) {
            return;
        }
        if (!response.headWritten()) {
            begin();
        } else {
            response.write(events ? ": \n\n" : " ");
        }
    }

    @Override
    public void cutOff(HttpFailure failure) {
        fail(failure);
        Linger.thenDrop(request);
    }

    @Override
    public void whenDrained(Runnable handler) {
        response.drainHandler(drained -> handler.run());
    }

    @Override
    public void whenClosed(Runnable handler) {
        request.addEndHandler(ended -> handler.run());
    }

    @Override
    public void end() {
        if (!response.headWritten()) {
            begin();
        }
        if (!closed()) {
            response.end();
        }
    }

    /// Before the first message an error is an answer like any other; afterwards it is the last line.
    @Override
    public void fail(HttpFailure failure) {
        if (closed()) {
            return;
        }
        if (!response.headWritten()) {
            Answers.fail(request, failure);
            return;
        }
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.putObject("error")
                .put("grpc_code", failure.code())
                .put("http_code", failure.status())
                .put("message", failure.text())
                .put("http_status", HttpResponseStatus.valueOf(failure.status()).reasonPhrase());
        line(document);
        response.end();
    }
}
