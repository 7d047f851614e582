/// Manifests of this machine, rendered as the manifest stage renders those of Git: by the same pure renderer.
@NullMarked
package io.driftless.cli.local;

import org.jspecify.annotations.NullMarked;
