package io.driftless.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.cli.local.LocalRender;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/// Manifests that lie here instead of in Git.
final class LocalFlags {
    @Option(
            names = "--local",
            defaultValue = "",
            paramLabel = "DIR",
            description = "Directory of manifests to take instead of those of Git.")
    private String directory = "";

    @Option(
            names = "--local-repo-root",
            defaultValue = "",
            paramLabel = "DIR",
            description = "Root of the repository that the directory lies in, as far as it reaches into others.")
    private String root = "";

    @Option(names = "--ignore-normalizer-jq-execution-timeout", hidden = true)
    @SuppressWarnings("UnusedVariable") // Paths are followed at once: there is nothing to wait for.
    private String jqTimeout = "";

    boolean given() {
        return !directory.isEmpty();
    }

    String directory() {
        return directory;
    }

    /// What the Application would deploy from there; fails with exit code 20 saying why it would deploy nothing.
    ///
    /// @param app the Application as the server has it: what it changes in manifests is changed here, too
    List<? extends JsonNode> manifests(ApiClient api, JsonNode app) {
        SpecFlags.requireOneSource(app.path("spec"));
        try {
            Path from = Path.of(directory);
            String controlPlane =
                    api.get("/api/v1/settings").path("controllerNamespace").asText("argocd");
            return LocalRender.of(
                    app,
                    controlPlane,
                    from,
                    root.isEmpty() ? from.toAbsolutePath().getRoot() : Path.of(root));
        } catch (IllegalArgumentException refused) {
            throw new CommandFailure(ExitCode.API, String.valueOf(refused.getMessage()));
        }
    }
}
