/// The cluster of real programs comes up and leaves nothing behind.
@NullMarked
package io.driftless.localcluster;

import org.jspecify.annotations.NullMarked;
