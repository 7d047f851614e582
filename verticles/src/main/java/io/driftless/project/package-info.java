/// AppProjects: what they let their Applications have, which kinds, and when they may be synced. No I/O.
@NullMarked
package io.driftless.project;

import org.jspecify.annotations.NullMarked;
