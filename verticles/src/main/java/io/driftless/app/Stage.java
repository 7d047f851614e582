package io.driftless.app;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/// The stages that a process may run.
public enum Stage {
    WEBHOOK,
    REGISTRY,
    MANIFEST,
    OBSERVE,
    DRIFT,
    SYNC,
    NOTIFICATION,
    API;

    /// The stages of a list such as `drift,sync`; all for an empty one.
    public static Set<Stage> parse(String list) {
        if (list.isBlank()) {
            return EnumSet.allOf(Stage.class);
        }
        EnumSet<Stage> stages = EnumSet.noneOf(Stage.class);
        for (String name : list.split(",")) {
            try {
                stages.add(valueOf(name.strip().toUpperCase(Locale.ROOT)));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("there is no stage " + name.strip()
                        + "; the stages are webhook, registry, manifest, observe, drift, sync, notification and api");
            }
        }
        return stages;
    }
}
