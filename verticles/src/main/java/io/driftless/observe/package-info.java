/// Sees what clusters hold: one watch per cluster and kind in use, shared by all applications,
/// published to `live` as redacted objects with their health.
@NullMarked
package io.driftless.observe;

import org.jspecify.annotations.NullMarked;
