/// The drift stage: joins what Git wants with what the cluster holds, and says what differs and how healthy it is.
/// Pure and without tasks: everything it needs comes from its topics.
@NullMarked
package io.driftless.drift;

import org.jspecify.annotations.NullMarked;
