package io.driftless.observe;

import io.driftless.stage.Publication;
import java.util.concurrent.CompletionStage;

/// Where observations go, in the order they are said. The stage completes when the broker has them.
@FunctionalInterface
public interface Say {
    CompletionStage<?> say(Publication publication);

    /// The same for what is expected: it may be said a moment later, before anything that is told after it.
    default CompletionStage<?> sayLater(Publication publication) {
        return say(publication);
    }
}
