package io.driftless.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Gives tests the one running stand of this JVM that has accounts and TLS, as a parameter of type [Guarded]. They keep
/// apart by what they make; each account but `admin` belongs to one class.
final class AccountsStand implements ParameterResolver {
    /// @param password of `admin`
    record Guarded(Stand stand, String password) {
        /// Calls as `admin`.
        Grpc grpc() throws Exception {
            return new Grpc(stand.url()).login("admin", password);
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Guarded.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(Namespace.create(AccountsStand.class))
                .getOrComputeIfAbsent(Held.class, _ -> Held.open(), Held.class)
                .guarded();
    }

    /// Closed by JUnit after the last test.
    private record Held(Guarded guarded, Path data) implements AutoCloseable {
        static Held open() {
            try {
                Path data = Files.createTempDirectory("driftless-accounts");
                Stand stand = Stand.prepare(data);
                stand.sandbox().create(Stand.yaml("""
                        apiVersion: v1
                        kind: ConfigMap
                        metadata: {name: argocd-cm, namespace: argocd}
                        data: {accounts.ci: "apiKey, login", accounts.dev: apiKey, accounts.robot: apiKey}
                        """));
                stand.sandbox().create(Stand.yaml("""
                        apiVersion: v1
                        kind: ConfigMap
                        metadata: {name: argocd-rbac-cm, namespace: argocd}
                        data:
                          policy.csv: |
                            p, dev, applications, get, default/*, allow
                            p, dev, applications, sync, default/allowed, allow
                        """));
                stand.start(new Stand.Settings(null, Duration.ofHours(1), true));
                String encoded = stand.object("v1", "Secret", "argocd", "argocd-initial-admin-secret")
                        .at("/data/password")
                        .asText();
                return new Held(
                        new Guarded(stand, new String(Base64.getDecoder().decode(encoded), UTF_8)), data);
            } catch (IOException e) {
                throw new IllegalStateException("the stand does not start", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("the stand does not start", e);
            }
        }

        @Override
        public void close() throws IOException {
            guarded.stand().close();
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
