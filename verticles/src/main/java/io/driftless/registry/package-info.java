/// Takes in Applications and cluster Secrets of the control plane, and writes `.status` back.
@NullMarked
package io.driftless.registry;

import org.jspecify.annotations.NullMarked;
