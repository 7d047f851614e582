/// A Git host in this process: bare repositories served over smart HTTP, for the demo, the benchmarks and the
/// tests.
@NullMarked
package io.driftless.sandbox.git;

import org.jspecify.annotations.NullMarked;
