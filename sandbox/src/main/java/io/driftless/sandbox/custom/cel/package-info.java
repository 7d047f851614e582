/// The expressions of `x-kubernetes-validations`: the part of CEL that rules of definitions mostly use. What is not
/// known is refused by name when a rule is read.
@NullMarked
package io.driftless.sandbox.custom.cel;

import org.jspecify.annotations.NullMarked;
