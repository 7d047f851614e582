/// Turns the files of a commit into manifests: plain directories and the part of Kustomize that is
/// supported. Pure: what is read comes through [io.driftless.manifest.render.SourceFiles], what is
/// wrong is said in the result.
@NullMarked
package io.driftless.manifest.render;

import org.jspecify.annotations.NullMarked;
