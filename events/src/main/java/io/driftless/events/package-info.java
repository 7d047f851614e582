/// The contract of the pipeline: what is said on every topic, as sealed Java types, and how it is
/// written as CloudEvents. Knows neither Kafka nor Vert.x.
@NullMarked
package io.driftless.events;

import org.jspecify.annotations.NullMarked;
