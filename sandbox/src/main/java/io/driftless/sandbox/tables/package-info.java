/// Objects as rows and columns, for those who read rather than parse.
@NullMarked
package io.driftless.sandbox.tables;

import org.jspecify.annotations.NullMarked;
