package io.driftless.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static io.driftless.architecture.Production.CLASSES;
import static io.driftless.architecture.Production.STAGES;
import static io.driftless.architecture.Production.below;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// `events ◀ stage ◀ each stage ◀ app`.
class DependencyDirectionTest {
    private static final String KUSTOMIZE = "io.driftless.kustomize..";
    private static final String LOCAL = "io.driftless.cli.local..";
    private static final String[] INFRASTRUCTURE = {
        "io.vertx..", "org.apache.kafka..", "kafka..", "io.fabric8..", "org.eclipse.jgit..", "io.smallrye.."
    };

    static List<String> stages() {
        return STAGES;
    }

    @ParameterizedTest
    @MethodSource("stages")
    void aStageKnowsTheOthersThroughEventsAlone(String stage) {
        List<String> others = new ArrayList<>(STAGES);
        others.remove(stage);
        others.addAll(List.of("app", "broker", "cli", "demo", "bench", "sandbox", "localcluster"));
        noClasses()
                .that()
                .resideInAPackage(below(stage))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(below(others))
                .check(CLASSES);
    }

    @Test
    void whatStagesShareKnowsNoStage() {
        List<String> above = new ArrayList<>(STAGES);
        above.addAll(List.of("app", "cli", "demo", "bench", "sandbox", "localcluster"));
        noClasses()
                .that()
                .resideInAnyPackage(below(List.of(
                        "events",
                        "objects",
                        "stage",
                        "broker",
                        "cluster",
                        "health",
                        "tree",
                        "trust",
                        "http",
                        "project",
                        "redact",
                        "security",
                        "settings",
                        "auth",
                        "rbac",
                        "proto",
                        "rpc")))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(below(above))
                .check(CLASSES);
    }

    @Test
    void onlyTheAppKnowsAllStages() {
        noClasses()
                .that()
                .resideOutsideOfPackages(below(STAGES))
                .and()
                .resideOutsideOfPackages(below("app"), LOCAL)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(below(STAGES))
                .check(CLASSES);
    }

    /// What lies on a user's disk is rendered as the manifest stage would, so by its renderer, which is pure.
    @Test
    void localManifestsAreRenderedByTheRendererAndKnowNothingElseOfStages() {
        noClasses()
                .that()
                .resideInAPackage(LOCAL)
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage(below(STAGES)).and(resideOutsideOfPackage("io.driftless.manifest.render")))
                .check(CLASSES);
    }

    @Test
    void theContractDependsOnNothingOfOurs() {
        noClasses()
                .that()
                .resideInAPackage(below("events"))
                .should()
                .dependOnClassesThat(resideInAPackage("io.driftless..").and(resideOutsideOfPackage(below("events"))))
                .check(CLASSES);
    }

    @Test
    void eventsAndObjectsKnowNoInfrastructure() {
        noClasses()
                .that()
                .resideInAnyPackage(below(List.of("events", "objects")))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(INFRASTRUCTURE)
                .check(CLASSES);
    }

    @Test
    void kafkaIsKnownToTheRuntimeAndTheBrokerAlone() {
        // Benchmarks measure what Kafka does without us.
        noClasses()
                .that()
                .resideOutsideOfPackages(below(List.of("stage", "broker")))
                .and()
                .doNotHaveFullyQualifiedName("io.driftless.bench.BareBroker")
                .and()
                .doNotHaveFullyQualifiedName("io.driftless.bench.DriftToWatch")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.kafka..", "kafka..", "io.vertx.kafka..")
                .check(CLASSES);
    }

    @Test
    void theSandboxCouldStandForItself() {
        classes()
                .that()
                .resideInAPackage(below("sandbox"))
                .should()
                .onlyDependOnClassesThat()
                .resideOutsideOfPackages(below(STAGES))
                .andShould()
                .onlyDependOnClassesThat()
                .resideOutsideOfPackages(below(List.of("stage", "broker", "cluster", "app", "cli", "events")))
                .check(CLASSES);
    }

    @Test
    void commandsAboutApplicationsTalkToTheApiOnly() {
        List<String> inside = new ArrayList<>(STAGES);
        inside.addAll(List.of("stage", "broker", "cluster", "health", "redact", "app", "sandbox", "bench", "demo"));
        noClasses()
                .that()
                .resideInAPackage("io.driftless.cli")
                .and()
                .haveSimpleNameStartingWith("App")
                .or()
                .haveFullyQualifiedName("io.driftless.cli.ApiClient")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(below(inside))
                .check(CLASSES);
    }

    /// The entry of the library for Kustomize is its interface too, so its packages know it; see the next test.
    @Test
    void packagesHaveNoCycles() {
        slices().matching("io.driftless.(**)")
                .should()
                .beFreeOfCycles()
                .check(CLASSES.that(resideOutsideOfPackage(KUSTOMIZE)));
    }

    @Test
    void behindItsEntryKustomizeHasNoCyclesEither() {
        slices().matching("io.driftless.kustomize.(*)..")
                .should()
                .beFreeOfCycles()
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage("io.driftless.kustomize.*..")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("io.driftless.kustomize.Kustomize")
                .check(CLASSES);
    }

    @Test
    void kustomizeDependsOnNothingOfOurs() {
        noClasses()
                .that()
                .resideInAPackage(KUSTOMIZE)
                .should()
                .dependOnClassesThat(resideInAPackage("io.driftless..").and(resideOutsideOfPackage(KUSTOMIZE)))
                .check(CLASSES);
    }
}
