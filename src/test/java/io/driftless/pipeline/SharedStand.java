package io.driftless.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Gives tests the one running stand of this JVM, as a parameter. They keep apart by the names of their repositories,
/// Applications and namespaces.
final class SharedStand implements ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Stand.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(Namespace.create(SharedStand.class))
                .getOrComputeIfAbsent(Held.class, key -> Held.open(), Held.class)
                .stand();
    }

    /// Closed by JUnit after the last test.
    private record Held(Stand stand, Path data) implements AutoCloseable {
        static Held open() {
            try {
                Path data = Files.createTempDirectory("driftless-pipeline");
                return new Held(Stand.prepare(data).start(Stand.Settings.usual()), data);
            } catch (IOException e) {
                throw new IllegalStateException("the stand does not start", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("the stand does not start", e);
            }
        }

        @Override
        public void close() throws IOException {
            stand.close();
            try (Stream<Path> files = Files.walk(data)) {
                List<Path> deepestFirst =
                        files.sorted(Comparator.reverseOrder()).toList();
                for (Path file : deepestFirst) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }
}
