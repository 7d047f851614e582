package io.driftless.rpc;

import io.driftless.auth.Caller;
import io.driftless.http.HttpFailure;
import org.jspecify.annotations.Nullable;

/// Who sends a request.
///
/// @param problem why the token that came with it is not good; null when there is none or it is good
public record Identity(Caller caller, @Nullable HttpFailure problem) {
    public static Identity of(Caller caller) {
        return new Identity(caller, null);
    }
}
