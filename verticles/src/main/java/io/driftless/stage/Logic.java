package io.driftless.stage;

import java.time.Instant;

/// What a stage knows about one subject (an application, a cluster …) and what it decides from that.
///
/// A logic is deterministic and has no effects: no clock, no randomness, no I/O. It is used by one
/// thread at a time. After a restart a new one is given the tables of the subject first (every
/// record still there, in order), then what is new, and must come to the same decisions. Facts may
/// come twice.
///
/// @param <T> effects it asks for
/// @param <O> their outcomes
public interface Logic<T, O> {
    /// Takes in a record.
    void fold(Fact fact);

    /// Takes in what came of a task, or news from the stage's own edge.
    void finished(O outcome);

    /// Decides, after one or many facts were taken in. Must be idempotent: deciding again without
    /// news asks for nothing new, because tasks already asked for are remembered as running.
    Decision<T> decide(Instant now);

    /// True when nothing worth keeping is known, so that the runtime may forget the subject.
    default boolean forgettable() {
        return false;
    }
}
