/// Tells receivers outside what happened to applications, each transition once.
@NullMarked
package io.driftless.notification;

import org.jspecify.annotations.NullMarked;
