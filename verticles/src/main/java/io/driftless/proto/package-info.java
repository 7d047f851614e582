/// Protocol buffers between the wire and JSON trees, driven by `.proto` files that are read at the start: no generated
/// code, no dependency. Knows nothing of gRPC.
@NullMarked
package io.driftless.proto;

import org.jspecify.annotations.NullMarked;
