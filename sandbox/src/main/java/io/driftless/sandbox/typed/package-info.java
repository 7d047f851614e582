/// What the fields of built-in kinds are: which there are and of which type, what becomes of a body
/// that has others, and how the real server words it. Pure.
@NullMarked
package io.driftless.sandbox.typed;

import org.jspecify.annotations.NullMarked;
