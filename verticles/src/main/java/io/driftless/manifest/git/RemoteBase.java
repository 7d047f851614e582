package io.driftless.manifest.git;

/// Another repository that a render read, as it is named there.
///
/// @param url address of the repository
/// @param ref branch, tag or commit; empty for the default branch
public record RemoteBase(String url, String ref) implements RemoteSource {}
