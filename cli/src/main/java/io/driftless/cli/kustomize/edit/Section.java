package io.driftless.cli.kustomize.edit;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A field of a kustomization file as it is written.
///
/// @param name null for a field that gave way to another one
/// @param before the comments and empty lines above it
/// @param body its lines
/// @param gaps the empty lines among those
/// @param comments the comments among those
record Section(
        @Nullable String name, List<String> before, List<String> body, List<String> gaps, List<String> comments) {}
