package io.driftless.stage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/// Starts what classes of tests share when the first of them is run, and ends it after the last test of all.
public abstract class SharedStart implements BeforeAllCallback {
    /// @param data a directory for it, deleted at the end
    /// @return ends it
    protected abstract AutoCloseable start(Path data) throws Exception;

    @Override
    public final void beforeAll(ExtensionContext context) {
        context.getRoot()
                .getStore(Namespace.create(getClass()))
                .getOrComputeIfAbsent(Running.class, _ -> running(), Running.class);
    }

    private Running running() {
        try {
            Path data = Files.createTempDirectory("driftless-shared");
            return new Running(start(data), data);
        } catch (Exception e) {
            throw new IllegalStateException("what the tests share does not start", e);
        }
    }

    /// Closed by JUnit.
    private record Running(AutoCloseable shared, Path data) implements AutoCloseable {
        @Override
        public void close() throws Exception {
            shared.close();
            delete(data);
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.deleteIfExists(file);
            }
        }
    }
}
