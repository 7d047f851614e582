package io.driftless.observe;

import io.driftless.stage.Publication;
import java.util.concurrent.CompletionStage;

/// Where observations go, in the order they are said. The stage completes when the broker has them.
@FunctionalInterface
public interface Say {
    CompletionStage<?> say(Publication publication);
}
