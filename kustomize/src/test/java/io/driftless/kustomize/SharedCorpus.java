package io.driftless.kustomize;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Finds the cases that lie beside the checkout.
final class SharedCorpus {
    private SharedCorpus() {}

    /// The folder of cases, or null where there is none.
    static @Nullable Path find() {
        String given = System.getProperty("driftless.shared");
        if (given != null) {
            return existing(Path.of(given, "corpus", "kustomize"));
        }
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path found = existing(at.resolve("../shared/corpus/kustomize").normalize());
            if (found != null && Files.exists(at.resolve("pom.xml"))) {
                return found;
            }
        }
        return null;
    }

    private static @Nullable Path existing(Path path) {
        return Files.isDirectory(path) ? path : null;
    }
}
