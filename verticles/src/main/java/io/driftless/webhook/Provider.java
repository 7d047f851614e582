package io.driftless.webhook;

import io.driftless.http.StrictJson;
import io.vertx.core.MultiMap;

/// One kind of Git host: how its hooks are recognised, proven and read.
interface Provider {
    /// Name in events, metrics and logs.
    String name();

    /// Whether the headers say that it sent this.
    boolean claims(MultiMap headers);

    HookSecret secret(WebhookSecrets secrets);

    /// Whether headers and body prove that the sender knows the secret.
    boolean proves(MultiMap headers, byte[] body, String secret);

    /// Reads the payload; fails with HttpFailure 400 naming the field that is wrong.
    Reading read(MultiMap headers, StrictJson.Read payload);
}
