@NullMarked
package io.driftless.kustomize.file;

import org.jspecify.annotations.NullMarked;
