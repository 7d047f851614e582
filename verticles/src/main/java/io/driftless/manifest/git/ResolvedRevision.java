package io.driftless.manifest.git;

import org.jspecify.annotations.Nullable;

/// The commit that a target revision stands for.
///
/// @param sha full SHA of the commit (annotated tags peeled)
/// @param ref the branch or tag it was found by, null for a SHA
public record ResolvedRevision(String sha, @Nullable String ref) {}
