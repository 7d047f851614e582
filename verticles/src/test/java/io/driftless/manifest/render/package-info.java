/// Rendering, against files in memory, the tutorial's tree and cases of Kustomize.
@org.jspecify.annotations.NullMarked
package io.driftless.manifest.render;
