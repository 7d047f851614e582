package io.driftless.rpc;

import io.vertx.core.Future;
import java.util.concurrent.CompletionException;

/// Waits on a virtual thread for something that an event loop does.
public final class Await {
    private Await() {}

    /// What the future holds; fails with what it failed with.
    public static <T> T on(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }
}
