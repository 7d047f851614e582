package io.driftless.pipeline;

import io.driftless.contract.RealCluster;
import io.driftless.localcluster.LocalCluster;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// For tests that start and end Driftless themselves: gives them, as a parameter of type [Site], where to put up their
/// stand. That is a sandbox of its own, or, where the class is marked [OnRealCluster], the one real cluster.
final class OwnStands implements ParameterResolver, ExecutionCondition {
    /// A place for a stand. On the real cluster other stands are running, so it has a control plane of its own.
    record Site(@Nullable LocalCluster cluster) {
        /// The control plane is in a namespace of this name on both.
        Stand prepare(String namespace, Path data) throws IOException {
            return cluster == null ? Stand.prepare(namespace, data) : Stand.prepareOn(cluster, namespace, data);
        }
    }

    static boolean onReal(ExtensionContext context) {
        return context.getTestClass()
                .filter(type -> type.isAnnotationPresent(OnRealCluster.class))
                .isPresent();
    }

    static ConditionEvaluationResult condition(ExtensionContext context) {
        return onReal(context) && RealCluster.absence().isPresent()
                ? ConditionEvaluationResult.disabled(RealCluster.absence().get())
                : ConditionEvaluationResult.enabled("");
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return condition(context);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Site.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return new Site(onReal(context) ? RealCluster.of(context) : null);
    }
}
