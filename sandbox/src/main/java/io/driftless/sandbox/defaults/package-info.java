/// What is filled in where an object of a built-in kind leaves it open, and what is left out where it holds nothing;
/// pure.
@NullMarked
package io.driftless.sandbox.defaults;

import org.jspecify.annotations.NullMarked;
