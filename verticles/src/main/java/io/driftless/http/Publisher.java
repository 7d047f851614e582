package io.driftless.http;

import io.driftless.stage.Publication;
import io.vertx.core.Future;

/// Where a door says what came in. The future succeeds once the broker has acknowledged the record, and fails
/// when it does not: only then may the caller be told that his request was taken.
@FunctionalInterface
public interface Publisher {
    Future<Void> publish(Publication publication);
}
