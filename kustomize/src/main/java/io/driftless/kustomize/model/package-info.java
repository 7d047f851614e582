@NullMarked
package io.driftless.kustomize.model;

import org.jspecify.annotations.NullMarked;
