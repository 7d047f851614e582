package io.driftless.bench;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What to measure on.
///
/// @param apps how many applications share the repository; 0 for the figure's own default
/// @param commits how many samples are taken
/// @param kubeconfig a real cluster; null for the sandbox
/// @param context context of the kubeconfig; null for its current one
/// @param repository URL of a repository to push to, for a delivery system that runs already; null to run Driftless
/// here
/// @param webhooks URLs to call after each push, for a delivery system that runs already
public record BenchOptions(
        int apps,
        int commits,
        @Nullable Path kubeconfig,
        @Nullable String context,
        @Nullable String repository,
        List<String> webhooks) {
    public BenchOptions {
        webhooks = List.copyOf(webhooks);
        if (apps < 0 || commits < 1) {
            throw new IllegalArgumentException("--apps must not be negative and --commits at least 1");
        }
    }

    int appsOr(int standard) {
        return apps == 0 ? standard : apps;
    }
}
