/// The expressions of `x-kubernetes-validations`: CEL with the libraries of Kubernetes, typed by
/// the schema of the field that a rule belongs to. What is not known is refused by name when a rule
/// is read.
@NullMarked
package io.driftless.sandbox.custom.cel;

import org.jspecify.annotations.NullMarked;
