package io.driftless.objects.yaml;

/// What a reader accepts. Every number is a bound on what one file may make us do; all are far above real
/// manifests.
///
/// @param dialect whose reading of plain scalars applies
/// @param maxBytes size of the file
/// @param maxDocuments documents in the file, empty ones counted
/// @param maxDepth nesting of maps and lists
/// @param maxAliasExpansion characters and nodes that aliases may add to what is written in the file
/// @param duplicateKeysAllowed whether the last of two equal keys wins instead of being an error
public record YamlOptions(
        Dialect dialect,
        int maxBytes,
        int maxDocuments,
        int maxDepth,
        long maxAliasExpansion,
        boolean duplicateKeysAllowed) {

    /// How a plain `yes`, `on` or date is understood.
    public enum Dialect {
        /// Kubernetes' own: `yes`, `on` and `y` are booleans, dates stay text.
        KUBERNETES,
        /// That of Kustomize for the resources it loads: `yes` stays text, a date becomes a timestamp.
        KUSTOMIZE
    }

    /// The reading of the Kubernetes API server and `kubectl`; a repeated key is an error.
    public static final YamlOptions STRICT = new YamlOptions(Dialect.KUBERNETES, 16 << 20, 50_000, 200, 4 << 20, false);

    public YamlOptions {
        if (maxBytes < 1 || maxDocuments < 1 || maxDepth < 1 || maxAliasExpansion < 0) {
            throw new IllegalArgumentException("limits of a YAML reader must be positive");
        }
    }

    public YamlOptions withDialect(Dialect other) {
        return new YamlOptions(other, maxBytes, maxDocuments, maxDepth, maxAliasExpansion, duplicateKeysAllowed);
    }

    /// The same, with the last of two equal keys winning.
    public YamlOptions lenient() {
        return new YamlOptions(dialect, maxBytes, maxDocuments, maxDepth, maxAliasExpansion, true);
    }
}
