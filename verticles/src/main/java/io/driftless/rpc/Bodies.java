package io.driftless.rpc;

import io.driftless.http.BodyReader;
import io.driftless.proto.MethodType;

/// Who reads the bodies of requests, each within bounds of its own.
///
/// @param single of requests that are one message
/// @param streams of requests that are a stream of messages
public record Bodies(BodyReader single, BodyReader streams) {
    BodyReader of(MethodType method) {
        return method.streamsIn() ? streams : single;
    }
}
