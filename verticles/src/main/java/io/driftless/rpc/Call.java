package io.driftless.rpc;

import io.driftless.auth.Caller;
import io.driftless.http.HttpFailure;
import io.driftless.http.Remote;
import io.driftless.proto.MethodType;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One call of a method.
public final class Call {
    private final Vertx vertx;
    private final Doorman doorman;
    private final MethodType method;
    private final HttpServerRequest request;
    private final Identity identity;
    private final Map<String, String> answerHeaders = new TreeMap<>();

    private Call(Vertx vertx, Doorman doorman, MethodType method, HttpServerRequest request) {
        this.vertx = vertx;
        this.doorman = doorman;
        this.method = method;
        this.request = request;
        this.identity = doorman.identify(request);
    }

    /// Lets a caller in, or fails with [HttpFailure].
    static Call admit(Vertx vertx, Doorman doorman, MethodType method, HttpServerRequest request) {
        Call call = new Call(vertx, doorman, method, request);
        @Nullable HttpFailure refusal = doorman.refusal(method, call.identity);
        if (refusal != null) {
            throw refusal;
        }
        return call;
    }

    public Vertx vertx() {
        return vertx;
    }

    /// Who calls.
    public Caller caller() {
        return identity.caller();
    }

    /// Why a caller who was let in all the same is no more: for streams that stay open. Null while all is well.
    public @Nullable HttpFailure lapsed() {
        Identity now = doorman.identify(request);
        return identity.caller().subject().equals(now.caller().subject())
                ? doorman.refusal(method, now)
                : now.problem();
    }

    /// A header of the request, which is metadata in gRPC; null when it is not given.
    public @Nullable String header(String name) {
        return request.getHeader(name);
    }

    /// Whether the connection is encrypted.
    public boolean secure() {
        return request.isSSL();
    }

    /// The address that the request came from.
    public String from() {
        return Remote.of(request);
    }

    /// Adds a header to the answer; a door that has none leaves it out.
    public void answerHeader(String name, String value) {
        answerHeaders.put(name, value);
    }

    Map<String, String> answerHeaders() {
        return answerHeaders;
    }
}
