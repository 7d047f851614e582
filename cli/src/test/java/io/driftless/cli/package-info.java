@NullMarked
package io.driftless.cli;

import org.jspecify.annotations.NullMarked;
