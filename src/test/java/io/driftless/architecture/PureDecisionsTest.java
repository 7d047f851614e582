package io.driftless.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static io.driftless.architecture.Production.CLASSES;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Decisions follow from what they are given, so that they can be made again after a restart and simulated by the
/// million.
class PureDecisionsTest {
    /// The part of sync that decides: all but who writes and who wires.
    private static final DescribedPredicate<JavaClass> SYNC = resideInAPackage("io.driftless.sync")
            .and(DescribedPredicate.not(simpleNameEndingWith("Performer")))
            .and(DescribedPredicate.not(simpleNameEndingWith("Stage")));

    private static final DescribedPredicate<JavaClass> PURE = simpleNameEndingWith("Logic")
            .and(resideInAPackage("io.driftless.."))
            .or(SYNC)
            .or(resideInAnyPackage(
                    "io.driftless.events..",
                    "io.driftless.objects..",
                    "io.driftless.drift..",
                    "io.driftless.health..",
                    "io.driftless.tree..",
                    "io.driftless.trust..",
                    "io.driftless.project..",
                    "io.driftless.manifest.render.."))
            .as("what decides");

    /// Calls whose answer depends on when and where they are made.
    private static final Map<String, Set<String>> UNREPEATABLE = Map.of(
            "java.time.Instant", Set.of("now"),
            "java.time.Clock", Set.of("systemUTC", "systemDefaultZone", "system"),
            "java.time.InstantSource", Set.of("system"),
            "java.time.LocalDateTime", Set.of("now"),
            "java.time.ZonedDateTime", Set.of("now"),
            "java.time.OffsetDateTime", Set.of("now"),
            "java.lang.System", Set.of("currentTimeMillis", "nanoTime", "getenv", "getProperty"),
            "java.util.UUID", Set.of("randomUUID"),
            "java.lang.Math", Set.of("random"));

    @Test
    void decisionsKnowNoInfrastructure() {
        noClasses()
                .that(PURE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.vertx..", "org.apache.kafka..", "io.fabric8..", "org.eclipse.jgit..", "io.smallrye..")
                .check(CLASSES);
    }

    @Test
    void decisionsReadNoClockAndThrowNoDice() {
        noClasses()
                .that(PURE)
                .should()
                .callMethodWhere(new DescribedPredicate<JavaCall<?>>("the answer differs from call to call") {
                    @Override
                    public boolean test(JavaCall<?> call) {
                        return UNREPEATABLE
                                .getOrDefault(call.getTargetOwner().getFullName(), Set.of())
                                .contains(call.getName());
                    }
                })
                .check(CLASSES);
        noClasses()
                .that(PURE)
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.util.Random")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.util.concurrent.ThreadLocalRandom")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.security.SecureRandom")
                .check(CLASSES);
    }

    @Test
    void decisionsDoNoInputOrOutput() {
        noClasses()
                .that(PURE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.nio.file..", "java.nio.channels..", "java.net..", "io.driftless.cluster..")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.io.File")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.lang.Thread")
                .check(CLASSES);
    }
}
