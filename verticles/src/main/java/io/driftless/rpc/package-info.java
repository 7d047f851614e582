/// Methods and the doors through which they are called: gRPC, gRPC-Web and REST on one port. A
/// method is written once and decides itself who may call it, so every door and every spelling of a
/// path gives the same answer.
@NullMarked
package io.driftless.rpc;

import org.jspecify.annotations.NullMarked;
