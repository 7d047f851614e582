package io.driftless.registry;

import io.driftless.stage.Publication;

/// Where the registry speaks. Returns when the broker has it, fails when it does not take it.
@FunctionalInterface
interface Say {
    void say(Publication publication);
}
