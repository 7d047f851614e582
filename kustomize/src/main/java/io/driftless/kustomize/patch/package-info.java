@NullMarked
package io.driftless.kustomize.patch;

import org.jspecify.annotations.NullMarked;
