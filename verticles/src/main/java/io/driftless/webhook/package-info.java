/// The door through which Git hosts say that something was pushed. What comes in is checked, normalised and
/// published; nobody is told "accepted" before the broker has it.
@NullMarked
package io.driftless.webhook;

import org.jspecify.annotations.NullMarked;
