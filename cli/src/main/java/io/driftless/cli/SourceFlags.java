package io.driftless.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Where the manifests of an Application are, and which files of a directory count. What is not given stays as it is.
final class SourceFlags {
    @Option(names = "--repo", paramLabel = "URL", description = "Git repository.")
    private @Nullable String repository;

    @Option(names = "--path", paramLabel = "PATH", description = "Directory in the repository.")
    private @Nullable String path;

    @Option(names = "--revision", paramLabel = "REVISION", description = "Branch, tag or commit to follow.")
    private @Nullable String revision;

    @Option(
            names = "--directory-recurse",
            arity = "0..1",
            fallbackValue = "true",
            paramLabel = "true|false",
            description = "Take the files of directories below, too.")
    private @Nullable Boolean recurse;

    @Option(names = "--directory-include", paramLabel = "GLOB", description = "Only files that match.")
    private @Nullable String include;

    @Option(names = "--directory-exclude", paramLabel = "GLOB", description = "No files that match.")
    private @Nullable String exclude;

    void apply(ObjectNode source) {
        Fields.put(source, "repoURL", repository);
        Fields.put(source, "path", path);
        Fields.put(source, "targetRevision", revision);
        if (recurse != null) {
            source.withObjectProperty("directory").put("recurse", recurse);
        }
        if (include != null || exclude != null) {
            ObjectNode directory = source.withObjectProperty("directory");
            Fields.put(directory, "include", include);
            Fields.put(directory, "exclude", exclude);
        }
    }
}
