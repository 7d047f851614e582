/// What the sandbox and a real API server both do. Each case runs on both with the same assertions; the real one is
/// right. `resources/contract/known-differences` lists the cases in which the sandbox is not there yet.
@NullMarked
package io.driftless.contract;

import org.jspecify.annotations.NullMarked;
