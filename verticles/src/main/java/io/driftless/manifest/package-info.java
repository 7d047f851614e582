/// The manifest stage: from a commit to the desired state of the applications that the commit touches.
@NullMarked
package io.driftless.manifest;

import org.jspecify.annotations.NullMarked;
