package io.driftless.kustomize.node;

/// What one build may ask of its reader. All bounds are far above real repositories.
///
/// @param fileBytes size of one file
/// @param totalBytes all that a build reads, a file read twice counting twice
/// @param depth nesting of maps and lists
/// @param aliasNodes nodes that aliases may add to one file
/// @param directories kustomizations in one build
/// @param baseDepth kustomizations that include one another
/// @param resources objects at any time
public record Limits(
        int fileBytes, long totalBytes, int depth, int aliasNodes, int directories, int baseDepth, int resources) {

    public static final Limits DEFAULT = new Limits(32 << 20, 512L << 20, 200, 200_000, 5_000, 150, 200_000);
}
