package io.driftless.sandbox.quota;

import com.fasterxml.jackson.databind.node.ObjectNode;

/// What a quota says of a write that it is about.
public sealed interface Verdict {
    /// The write may not be.
    record Refused(String why) implements Verdict {}

    /// The write may be; `used` is what is used after it, in the form of `status.used`.
    record Counted(ObjectNode used) implements Verdict {}

    /// The write uses no more and no less than before.
    record Unaffected() implements Verdict {}
}
