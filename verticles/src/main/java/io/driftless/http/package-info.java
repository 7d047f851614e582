/// What every HTTP door of Driftless shares: bounded bodies, strict JSON, one shape of errors.
@NullMarked
package io.driftless.http;

import org.jspecify.annotations.NullMarked;
