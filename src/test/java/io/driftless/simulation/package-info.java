/// The whole pipeline on one thread and in memory: the real decisions of every stage over topics, a cluster and a
/// repository that are models, run by a scheduler whose every choice follows from a seed. Nothing here knows Kafka or
/// waits for time to pass, so a run takes milliseconds and can be repeated exactly.
@NullMarked
package io.driftless.simulation;

import org.jspecify.annotations.NullMarked;
