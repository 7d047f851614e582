package io.driftless.contract;

import io.driftless.sandbox.Sandbox;
import io.driftless.sandbox.SandboxOptions;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;

/// Runs a case twice. Where the programs of the real server are not there, that half is reported as skipped.
final class BothServers implements TestTemplateInvocationContextProvider {
    @Override
    public boolean supportsTestTemplate(ExtensionContext context) {
        return true;
    }

    @Override
    public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(ExtensionContext context) {
        return Stream.of(new OnReal(), new OnSandbox(caseId(context)));
    }

    static String caseId(ExtensionContext context) {
        return context.getRequiredTestClass().getSimpleName() + "."
                + context.getRequiredTestMethod().getName();
    }

    private record OnReal() implements TestTemplateInvocationContext {
        @Override
        public String getDisplayName(int index) {
            return "real server";
        }

        @Override
        public List<Extension> getAdditionalExtensions() {
            ExecutionCondition present = _ -> RealCluster.absence()
                    .map(ConditionEvaluationResult::disabled)
                    .orElse(ConditionEvaluationResult.enabled("the programs are there"));
            return List.of(present, new Given() {
                @Override
                Server server(ExtensionContext context) {
                    return new RealServer(RealCluster.of(context));
                }
            });
        }
    }

    private record OnSandbox(String id) implements TestTemplateInvocationContext {
        @Override
        public String getDisplayName(int index) {
            return "sandbox";
        }

        @Override
        public List<Extension> getAdditionalExtensions() {
            boolean differs = KnownDifferences.LISTED.containsKey(id);
            Given given = new Given() {
                @Override
                Server server(ExtensionContext context) {
                    return new SandboxServer(HeldSandbox.of(context).sandbox, differs);
                }
            };
            return differs ? List.of(given, new KnownDifferences.MustStillDiffer(id)) : List.of(given);
        }
    }

    private abstract static class Given implements ParameterResolver {
        abstract Server server(ExtensionContext context);

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == Server.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return server(context);
        }
    }

    /// The one sandbox of the contract in this JVM.
    private static final class HeldSandbox implements AutoCloseable {
        private final Vertx vertx = Vertx.vertx();
        private final Sandbox sandbox =
                Sandbox.start(vertx, SandboxOptions.loopback()).await();

        static HeldSandbox of(ExtensionContext context) {
            return context.getRoot()
                    .getStore(Namespace.create(HeldSandbox.class))
                    .getOrComputeIfAbsent(HeldSandbox.class, _ -> new HeldSandbox(), HeldSandbox.class);
        }

        @Override
        public void close() {
            sandbox.close();
            vertx.close().await();
        }
    }
}
