/// Kubernetes objects as data: schemas reduced to what merging needs, field ownership, patches,
/// quantities, digests. No I/O.
@NullMarked
package io.driftless.objects;

import org.jspecify.annotations.NullMarked;
