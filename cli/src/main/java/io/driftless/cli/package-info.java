/// The command line. `app` commands talk to the API only; `server` and `demo` start the stages in this process.
@NullMarked
package io.driftless.cli;

import org.jspecify.annotations.NullMarked;
