/// What the packages may know of each other, and that the libraries on the class path fit together.
@NullMarked
package io.driftless.architecture;

import org.jspecify.annotations.NullMarked;
