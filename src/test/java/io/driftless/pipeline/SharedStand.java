package io.driftless.pipeline;

import io.driftless.contract.RealCluster;
import io.driftless.localcluster.LocalCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Gives tests a running stand of this JVM, as a parameter: the one on the sandbox, or, where the class is marked
/// [OnRealCluster], the one on the real cluster. They keep apart by the names of their repositories, Applications and
/// namespaces.
final class SharedStand implements ParameterResolver, ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return OwnStands.condition(context);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Stand.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        boolean real = OwnStands.onReal(context);
        LocalCluster cluster = real ? RealCluster.of(context) : null;
        return context.getRoot()
                .getStore(Namespace.create(SharedStand.class))
                .getOrComputeIfAbsent(real, _ -> Held.open(cluster), Held.class)
                .stand();
    }

    /// Closed by JUnit after the last test.
    private record Held(Stand stand, Path data) implements AutoCloseable {
        static Held open(@Nullable LocalCluster cluster) {
            try {
                Path data = Files.createTempDirectory("driftless-pipeline");
                Stand stand = cluster == null ? Stand.prepare(data) : Stand.prepareOn(cluster, Stand.NAMESPACE, data);
                return new Held(stand.start(Stand.Settings.usual()), data);
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
