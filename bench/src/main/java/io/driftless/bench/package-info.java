/// The benchmarks behind every figure in the README. They push commits, make drift and watch the
/// cluster; what the delivery system under test says about itself is never asked, except for
/// counts.
@NullMarked
package io.driftless.bench;

import org.jspecify.annotations.NullMarked;
