package io.driftless.contract;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.opentest4j.TestAbortedException;

/// The cases in which the sandbox differs from the real server, each with its reason. The list can only shrink: a
/// listed case that passes fails the build.
final class KnownDifferences {
    private static final String FILE = "/contract/known-differences";

    /// Case (`Class.method`) to reason.
    static final Map<String, String> LISTED = read();

    private KnownDifferences() {}

    private static Map<String, String> read() {
        try (InputStream in = KnownDifferences.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException(FILE + " is missing");
            }
            Map<String, String> listed = new TreeMap<>();
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList()) {
                if (line.isBlank() || line.startsWith("#")) {
                    continue;
                }
                String[] parts = line.strip().split("\\s+", 2);
                if (parts.length < 2) {
                    throw new IllegalStateException(FILE + ": a line is 'Class.method reason', not: " + line);
                }
                if (listed.put(parts[0], parts[1]) != null) {
                    throw new IllegalStateException(FILE + " names " + parts[0] + " twice");
                }
            }
            return listed;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Skips a listed case after it failed as expected.
    record MustStillDiffer(String id) implements InvocationInterceptor {
        @Override
        public void interceptTestTemplateMethod(
                Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
                throws Throwable {
            Throwable expected;
            try {
                invocation.proceed();
                expected = null;
            } catch (TestAbortedException e) {
                throw e;
            } catch (Exception | AssertionError e) {
                expected = e;
            }
            if (expected == null) {
                throw new AssertionError("the sandbox passes " + id + " now: take it out of " + FILE);
            }
            throw new TestAbortedException("known difference of the sandbox: " + LISTED.get(id), expected);
        }
    }
}
