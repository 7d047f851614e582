package io.driftless.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.http.HttpFailure;
import io.vertx.core.Context;

/// Where the messages of a stream go. All but [#context()] is to be called on the context of the connection.
public interface Outlet {
    /// The context of the connection.
    Context context();

    /// Whether the client is behind: what is written now waits in memory.
    boolean full();

    /// Whether the client is gone or the stream has ended.
    boolean closed();

    void write(JsonNode message);

    /// Shows a client that waits, and the proxies in between, that the stream lives: with its head first, then with
    /// whatever sign the door has that is no message.
    void beat();

    /// Called whenever there is room again.
    void whenDrained(Runnable handler);

    /// Called once, when the client is gone or the stream has ended.
    void whenClosed(Runnable handler);

    void end();

    void fail(HttpFailure failure);

    /// Ends the stream of a client that takes nothing: says why, and after a moment drops what it has not taken.
    default void cutOff(HttpFailure failure) {
        fail(failure);
    }
}
