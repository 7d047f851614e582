/// Bodies in protobuf, as far as clients send them.
@NullMarked
package io.driftless.sandbox.protobuf;

import org.jspecify.annotations.NullMarked;
