package io.driftless.sandbox.git;

/// One ref that moved: what a Git host puts into its push webhook.
///
/// `before` is forty zeros for a ref that was created, `after` for one that was deleted.
public record Push(String repo, String ref, String before, String after) {}
