@NullMarked
package io.driftless.cli.kustomize;

import org.jspecify.annotations.NullMarked;
