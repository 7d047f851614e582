@NullMarked
package io.driftless.kustomize.transform;

import org.jspecify.annotations.NullMarked;
