/// An in-process Kubernetes API server for demos, fault injection and scale tests: real clients
/// work against it, nothing runs behind it.
@NullMarked
package io.driftless.sandbox;

import org.jspecify.annotations.NullMarked;
