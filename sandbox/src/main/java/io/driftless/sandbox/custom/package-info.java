/// Custom kinds: what a definition may say, and what its schema makes of an object. Pure: no store, no requests.
@NullMarked
package io.driftless.sandbox.custom;

import org.jspecify.annotations.NullMarked;
