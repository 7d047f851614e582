package io.driftless.rpc;

import io.driftless.http.HttpFailure;
import io.driftless.proto.MethodType;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/// Stands at every door: says who comes, and who may come in at all. What he may do inside, each method decides.
public interface Doorman {
    /// Who sends the request. Never fails: a token that is not good makes an anonymous caller with a problem.
    Identity identify(HttpServerRequest request);

    /// Why this method is closed to this identity; null when it may be called.
    @Nullable
    HttpFailure refusal(MethodType method, Identity identity);
}
