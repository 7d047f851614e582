package io.driftless.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.http.HttpFailure;
import io.driftless.proto.MessageType;
import io.driftless.proto.WireWriter;
import io.vertx.ext.web.RoutingContext;

/// A stream of gRPC messages.
final class GrpcOutlet extends ResponseOutlet {
    private final GrpcReply reply;
    private final MessageType type;

    GrpcOutlet(RoutingContext request, GrpcReply reply, MessageType type) {
        super(request);
        this.reply = reply;
        this.type = type;
        response.setWriteQueueMaxSize(QUEUE_BYTES);
    }

    @Override
    public void write(JsonNode message) {
        reply.write(WireWriter.write(type, message));
    }

    /// HTTP/2 has its own pings.
    @Override
    public void beat() {
        if (!response.headWritten() && !closed()) {
            reply.begin();
        }
    }

    @Override
    public void end() {
        reply.end();
    }

    @Override
    public void fail(HttpFailure failure) {
        reply.fail(failure);
    }
}
