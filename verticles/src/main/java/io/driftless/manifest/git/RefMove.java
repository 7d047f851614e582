package io.driftless.manifest.git;

import org.jspecify.annotations.Nullable;

/// A ref of the mirror that followed its original: null before means created, null after deleted.
public record RefMove(
        String ref, @Nullable String before, @Nullable String after) {}
