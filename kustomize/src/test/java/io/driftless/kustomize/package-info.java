@NullMarked
package io.driftless.kustomize;

import org.jspecify.annotations.NullMarked;
