package io.driftless.observe;

import io.driftless.stage.Publication;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// A publication that is said a moment later than it was told.
///
/// @param said ends as the saying does
record Unsaid(Publication publication, CompletableFuture<Object> said) {
    Unsaid(Publication publication) {
        this(publication, new CompletableFuture<>());
    }

    void sayBy(Say say) {
        endsWith(say.say(publication));
    }

    /// What is said in its place speaks for it.
    void endsWith(CompletionStage<?> other) {
        other.whenComplete((done, failure) -> {
            if (failure == null) {
                said.complete(true);
            } else {
                said.completeExceptionally(failure);
            }
        });
    }
}
