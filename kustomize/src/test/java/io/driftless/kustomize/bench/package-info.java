@NullMarked
package io.driftless.kustomize.bench;

import org.jspecify.annotations.NullMarked;
