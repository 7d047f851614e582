/// Keeps values of Secrets out of topics, logs, errors and pages: digests for comparison, a sealed copy for the apply.
@NullMarked
package io.driftless.redact;

import org.jspecify.annotations.NullMarked;
