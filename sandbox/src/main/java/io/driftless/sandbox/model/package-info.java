/// What all parts of the sandbox speak of: kinds, JSON, refusals.
@NullMarked
package io.driftless.sandbox.model;

import org.jspecify.annotations.NullMarked;
