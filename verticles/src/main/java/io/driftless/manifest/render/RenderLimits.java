package io.driftless.manifest.render;

/// Bounds of one render, so that no repository can exhaust the process.
///
/// @param fileBytes size of one file that is read
/// @param totalBytes size of all files read together (Argo CD: 10 MB of manifests for an application)
/// @param objects objects rendered
/// @param outputBytes rough size of what is rendered, which patches and generators can make larger than what was read
/// @param directories directories that a Kustomize build visits, one visited twice counted twice
public record RenderLimits(int fileBytes, long totalBytes, int objects, long outputBytes, int directories) {
    public static final RenderLimits DEFAULT = new RenderLimits(5 << 20, 10 << 20, 20_000, 32 << 20, 1_000);

    public RenderLimits {
        if (fileBytes < 1 || totalBytes < 1 || objects < 1 || outputBytes < 1 || directories < 1) {
            throw new IllegalArgumentException("limits of a render must be positive");
        }
    }
}
