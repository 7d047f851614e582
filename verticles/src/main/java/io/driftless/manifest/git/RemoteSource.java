package io.driftless.manifest.git;

/// Something outside of the application's repository that a render read, as it is named there.
public sealed interface RemoteSource permits RemoteBase, RemoteFile {
    String url();
}
