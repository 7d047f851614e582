package io.driftless.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.http.Answers;
import io.driftless.http.HttpFailure;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.ext.web.RoutingContext;

/// A stream of JSON documents: one a line, or server-sent events where the client asks for them.
final class RestOutlet extends ResponseOutlet {
    private final boolean events;
    private final FieldFilter fields;

    RestOutlet(RoutingContext request, FieldFilter fields) {
        super(request);
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
