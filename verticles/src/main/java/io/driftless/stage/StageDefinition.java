package io.driftless.stage;

import io.driftless.events.Topic;
import java.time.Duration;
import java.util.Set;
import java.util.function.Function;

/// What a stage is, apart from how it is run.
///
/// @param name name of the stage, of its consumer group (`driftless-NAME`) and of its source (`/driftless/NAME`)
/// @param tables compacted topics that are read from their beginning whenever a partition is assigned, the stage's own
/// outputs
///     among them
/// @param events topics of which each record is taken in once, from the committed offset on
/// @param logic makes the logic of a subject
/// @param concurrency how many tasks may run at once
/// @param pace the least time between two looks at the topics once there was something to read: a stage nobody waits
///     for takes in a burst as one, which spares broker and stage most of the work. Zero for stages on the way from a
///     push to the cluster.
public record StageDefinition<T, O>(
        String name,
        Set<Topic> tables,
        Set<Topic> events,
        Function<String, Logic<T, O>> logic,
        int concurrency,
        Duration pace) {
    public StageDefinition {
        tables = Set.copyOf(tables);
        events = Set.copyOf(events);
        if (pace.isNegative()) {
            throw new IllegalArgumentException("a pace is not negative: " + pace);
        }
        if (concurrency < 1) {
            throw new IllegalArgumentException("a stage needs room for at least one task");
        }
    }

    /// A stage that looks at its topics as fast as it can.
    public StageDefinition(
            String name, Set<Topic> tables, Set<Topic> events, Function<String, Logic<T, O>> logic, int concurrency) {
        this(name, tables, events, logic, concurrency, Duration.ZERO);
    }

    /// The topic to which work on a subject belongs that fails for good.
    Topic home() {
        return (events.isEmpty() ? tables : events)
                .stream().sorted().findFirst().orElseThrow();
    }
}
