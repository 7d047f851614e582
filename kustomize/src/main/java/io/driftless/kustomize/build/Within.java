package io.driftless.kustomize.build;

import io.driftless.kustomize.KustomizeException;
import java.util.function.Supplier;

/// Names the step in which something fails; a build that is beyond its limits fails without.
final class Within {
    private Within() {}

    static void step(String name, Runnable work) {
        step(name, () -> {
            work.run();
            return "";
        });
    }

    static <T> T step(String name, Supplier<T> work) {
        try {
            return work.get();
        } catch (Budget.Exceeded exceeded) {
            throw exceeded;
        } catch (KustomizeException failed) {
            throw failed.within(name);
        }
    }
}
