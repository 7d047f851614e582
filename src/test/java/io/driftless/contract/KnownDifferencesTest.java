package io.driftless.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.driftless.localcluster.ClusterBinaries;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// The list of differences and the versions that are written in two places.
class KnownDifferencesTest {
    @Test
    void everyListedCaseExists() {
        TreeSet<String> unknown = new TreeSet<>(KnownDifferences.LISTED.keySet());
        unknown.removeIf(KnownDifferencesTest::exists);
        assertThat(unknown).as("cases that no test class has").isEmpty();
    }

    private static boolean exists(String id) {
        String[] parts = id.split("\\.");
        try {
            Method[] methods = Class.forName(KnownDifferencesTest.class.getPackageName() + "." + parts[0])
                    .getDeclaredMethods();
            return Arrays.stream(methods)
                    .anyMatch(method -> method.getName().equals(parts[1]) && method.isAnnotationPresent(OnBoth.class));
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    @Test
    void theClusterIsTheOneThatTheScriptBuilds() throws IOException {
        List<String> module = Files.readAllLines(Path.of("cluster", "kubernetes", "go.mod"));
        assertThat(module)
                .anySatisfy(line -> assertThat(line.strip().replace("require ", ""))
                        .isEqualTo("k8s.io/kubernetes v" + ClusterBinaries.KUBERNETES));
    }
}
