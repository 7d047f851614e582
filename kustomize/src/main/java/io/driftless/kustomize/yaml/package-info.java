/// Reading YAML, once for everybody: text to parser events to trees, in time that grows with the text. What a scalar
/// means, and how a fault is told, is up to whoever builds the trees.
@NullMarked
package io.driftless.kustomize.yaml;

import org.jspecify.annotations.NullMarked;
