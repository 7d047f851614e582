/// The files of the repository that deploy Driftless, held against the code that they deploy.
@NullMarked
package io.driftless.deploy;

import org.jspecify.annotations.NullMarked;
