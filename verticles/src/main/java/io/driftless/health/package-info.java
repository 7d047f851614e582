/// How healthy a Kubernetes object is, judged from the object alone by the rules Argo CD users know.
/// Pure: no cluster, no clock.
@NullMarked
package io.driftless.health;

import org.jspecify.annotations.NullMarked;
