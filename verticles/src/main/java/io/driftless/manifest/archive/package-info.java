/// Folders that clients send as a compressed archive, read in memory and within bounds; pure.
@NullMarked
package io.driftless.manifest.archive;

import org.jspecify.annotations.NullMarked;
