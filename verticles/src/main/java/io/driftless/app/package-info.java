/// Reads the configuration once, wires the stages and starts them, all or some of them in this process.
@NullMarked
package io.driftless.app;

import org.jspecify.annotations.NullMarked;
