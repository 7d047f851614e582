@NullMarked
package io.driftless.kustomize.node;

import org.jspecify.annotations.NullMarked;
