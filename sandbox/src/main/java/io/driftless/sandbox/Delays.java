package io.driftless.sandbox;

import io.driftless.sandbox.Store.Key;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Looks at an object again later, for what time alone changes.
record Delays(Consumer<Key> enqueue) {
    void again(Key key, long millis) {
        CompletableFuture.delayedExecutor(Math.max(1, millis), TimeUnit.MILLISECONDS)
                .execute(() -> enqueue.accept(key));
    }
}
