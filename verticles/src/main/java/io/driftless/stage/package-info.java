/// What all stages share: the shape of a decision, and the small set of classes that own everything Kafka.
/// Knows the contract and no stage.
@NullMarked
package io.driftless.stage;

import org.jspecify.annotations.NullMarked;
