package io.driftless.demo;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// What the demo is told.
///
/// @param host address of the web page
/// @param port its port; 0 takes a free one
/// @param data directory for everything it keeps
/// @param kubeconfig cluster to use; null for the sandbox
/// @param context context of the kubeconfig; null for its current one
public record DemoOptions(
        String host,
        int port,
        Path data,
        @Nullable Path kubeconfig,
        @Nullable String context) {}
