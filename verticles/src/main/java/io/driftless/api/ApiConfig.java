package io.driftless.api;

import io.driftless.auth.AuthMode;
import io.driftless.kustomize.Kustomize;
import java.time.Duration;
import java.util.Set;

/// Settings of the API.
///
/// @param namespace the control plane's namespace, where Applications live unless told otherwise
/// @param allowedHosts names under which browsers may reach it, beside loopback names and IP addresses
/// @param maxBodyBytes the longest request body
/// @param maxStreams how many event and application streams may be open at once
/// @param refreshPatience how long the answer to a refresh waits for something to come of it
/// @param heartbeat how often a quiet stream shows that it lives
/// @param slowest how long a stream's client may take nothing before it is cut off
/// @param keptEvents how many of the newest events are kept for streams that resume
/// @param keptBytes how many bytes of them
/// @param version what `/api/version` says
/// @param auth who is let in
public record ApiConfig(
        String namespace,
        Set<String> allowedHosts,
        long maxBodyBytes,
        int maxStreams,
        Duration refreshPatience,
        Duration heartbeat,
        Duration slowest,
        int keptEvents,
        long keptBytes,
        String version,
        AuthMode auth) {
    /// The Argo CD whose API this is, which clients look at to know what they may ask for (the
    /// Terraform provider refuses what came later), and behind the plus sign, which says nothing to
    /// them, our own.
    private static final String VERSION = "v3.4.6+driftless.0.1.0";

    public ApiConfig {
        allowedHosts = Set.copyOf(allowedHosts);
    }

    public static ApiConfig of(String namespace, AuthMode auth) {
        return new ApiConfig(
                namespace,
                Set.of(),
                3 * 1024 * 1024,
                500,
                Duration.ofSeconds(3),
                Duration.ofSeconds(15),
                Duration.ofSeconds(60),
                5_000,
                16L * 1024 * 1024,
                VERSION,
                auth);
    }

    /// The longest stream of messages that a client sends: files that are to be rendered.
    long maxStreamBytes() {
        return maxBodyBytes * 4;
    }

    String kustomizeVersion() {
        return Kustomize.VERSION;
    }
}
