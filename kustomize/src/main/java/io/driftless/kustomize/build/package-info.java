@NullMarked
package io.driftless.kustomize.build;

import org.jspecify.annotations.NullMarked;
