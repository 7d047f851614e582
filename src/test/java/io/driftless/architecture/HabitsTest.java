package io.driftless.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static io.driftless.architecture.Production.CLASSES;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import io.driftless.drift.DriftLogic;
import io.driftless.events.Topic;
import io.driftless.sync.SyncLogic;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/// Habits that hold everywhere.
class HabitsTest {
    @Test
    void everyPackageIsNullMarked() {
        TreeSet<String> packages = new TreeSet<>();
        CLASSES.stream().map(JavaClass::getPackageName).forEach(packages::add);
        List<String> unmarked =
                packages.stream().filter(name -> !nullMarked(name)).toList();
        assertThat(packages).contains("io.driftless.events", "io.driftless.sync");
        assertThat(unmarked)
                .as("packages without @NullMarked in package-info.java")
                .isEmpty();
    }

    private static boolean nullMarked(String name) {
        try {
            return Class.forName(name + ".package-info").isAnnotationPresent(NullMarked.class);
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    /// A Pod that comes or goes is shown, and makes nobody compare or write.
    @Test
    void whatDecidesDoesNotReadWhatIsOnlyShown() {
        assertThat(DriftLogic.definition().tables()).doesNotContain(Topic.CHILDREN);
        assertThat(SyncLogic.definition().tables()).doesNotContain(Topic.CHILDREN);
    }

    @Test
    void nobodySleeps() {
        noClasses()
                .should()
                .callMethod(Thread.class, "sleep", long.class)
                .orShould()
                .callMethod(Thread.class, "sleep", java.time.Duration.class)
                .because("who waits for a condition is woken by it")
                .check(CLASSES);
    }

    @Test
    void nobodyStartsAShell() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "io.driftless.bench..",
                        "io.driftless.demo..",
                        "io.driftless.cli..",
                        "io.driftless.localcluster..")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.lang.ProcessBuilder")
                .orShould()
                .callMethod(Runtime.class, "exec", String.class)
                .because("nothing from a repository or a request may become a command")
                .check(CLASSES);
    }
}
