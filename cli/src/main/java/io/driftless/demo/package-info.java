/// The demonstration: a cluster, a Git host, a broker and all stages in one process, and a commit that goes through
/// them.
@NullMarked
package io.driftless.demo;

import org.jspecify.annotations.NullMarked;
