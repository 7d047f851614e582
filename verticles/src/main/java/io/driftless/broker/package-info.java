/// A real Kafka broker in this JVM, for the demo, for small installations and for tests. Knows nothing of stages.
@NullMarked
package io.driftless.broker;

import org.jspecify.annotations.NullMarked;
