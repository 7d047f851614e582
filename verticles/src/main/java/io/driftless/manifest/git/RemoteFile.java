package io.driftless.manifest.git;

/// A file of a web server that a render read.
public record RemoteFile(String url) implements RemoteSource {}
