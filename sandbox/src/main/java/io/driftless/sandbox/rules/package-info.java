/// What is wrong with objects of built-in kinds, and what is to be said about them: a class for
/// each kind or part of one, in the words of a kube-apiserver; pure.
@NullMarked
package io.driftless.sandbox.rules;

import org.jspecify.annotations.NullMarked;
