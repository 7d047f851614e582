package io.driftless.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.app.Stage;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// One installation goes through the life of two Applications; what the deployment files say is held against what
/// happened.
class InstalledStagesTest {
    @TempDir
    private static Path data;

    private static InstalledLife life;
    private static Installation installation;
    private static Set<String> metrics;
    private static Set<String> groups;

    @BeforeAll
    static void liveThroughIt() throws Exception {
        life = new InstalledLife(data);
        installation = life.installation();
        life.run();
        metrics = life.metrics();
        groups = life.groups();
    }

    @AfterAll
    static void end() {
        if (life != null) {
            life.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyStageDoesItsWorkWithTheRightsOfItsAccount(Stage stage) {
        Set<Access> refused = installation.guard(stage).refused();
        if (stage == Stage.OBSERVE) {
            assertThat(refused)
                    .as("it waited for another stage to make the key of the installation")
                    .containsExactly(new Access("create", "", "secrets", Installation.NAMESPACE, ""));
        } else {
            assertThat(refused).isEmpty();
        }
    }

    /// A right that a whole life of Applications does not need is one too many. Two cannot be seen
    /// here: what is watched is listed only by API servers that do not stream lists, and nothing
    /// here deploys roles.
    @ParameterizedTest
    @EnumSource
    void noStageHasARightThatItDoesNotUse(Stage stage) {
        Set<Access> used = installation.guard(stage).allowed();
        for (Rights.Rule rule : installation.rights(stage).rules()) {
            for (String verb : rule.verbs()) {
                boolean unseen = Set.of("bind", "escalate").contains(verb)
                        || verb.equals("list") && rule.verbs().contains("watch");
                if (!unseen) {
                    Rights.Rule single = new Rights.Rule(
                            rule.groups(), rule.resources(), rule.names(), Set.of(verb), rule.namespace());
                    assertThat(used).as("%s uses %s", stage, single).anyMatch(single::allows);
                }
            }
        }
    }

    @Test
    void stagesWithoutATokenAskNoCluster() {
        for (Stage stage : Set.of(Stage.DRIFT, Stage.NOTIFICATION)) {
            assertThat(installation.guard(stage).allowed()).isEmpty();
            assertThat(installation.guard(stage).refused()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyStageAnswersItsProbes(Stage stage) throws Exception {
        for (String path : List.of("/healthz", "/readyz", "/metrics")) {
            assertThat(life.get(installation.web(stage).resolve(path)).statusCode())
                    .as("%s of %s", path, stage)
                    .isEqualTo(200);
        }
    }

    @Test
    void dashboardsShowOnlyMetricsThatAreCounted() {
        Set<String> shown = new TreeSet<>();
        Pattern name = Pattern.compile("(?<![\"\\w$])((?:driftless|argocd|jvm|process)_\\w+)");
        for (String file : Checkout.below("deploy/dashboards", ".json")) {
            JsonNode dashboard = Checkout.document(file);
            dashboard.findValuesAsText("expr").forEach(expression -> {
                Matcher matcher = name.matcher(expression);
                assertThat(matcher.find()).as(expression).isTrue();
                matcher.reset().results().forEach(found -> shown.add(found.group(1)));
            });
            for (JsonNode variable : dashboard.path("templating").path("list")) {
                name.matcher(variable.path("query").asText()).results().forEach(found -> shown.add(found.group(1)));
            }
        }
        assertThat(shown).hasSizeGreaterThan(20);
        assertThat(metrics).containsAll(shown);
    }

    @Test
    void theDocumentationNamesEveryMetricOfTheStages() {
        String documentation = Checkout.text("docs/stages.md");
        assertThat(metrics.stream().filter(metric -> metric.startsWith("driftless_")))
                .isNotEmpty()
                .allSatisfy(metric -> assertThat(documentation).contains(metric));
    }

    @Test
    void autoscalingFollowsGroupsThatExistAndDeploymentsThatAreInstalled() {
        for (JsonNode scaled : Checkout.documents("deploy/autoscaling.yaml")) {
            JsonNode spec = scaled.path("spec");
            JsonNode deployment = Checkout.named(
                    Checkout.INSTALL,
                    "Deployment",
                    spec.path("scaleTargetRef").path("name").asText());
            assertThat(spec.path("minReplicaCount").asInt())
                    .isEqualTo(deployment.path("spec").path("replicas").asInt());
            assertThat(spec.path("triggers")).isNotEmpty();
            for (JsonNode trigger : spec.path("triggers")) {
                JsonNode metadata = trigger.path("metadata");
                if (trigger.path("type").asText().equals("kafka")) {
                    assertThat(groups).contains(metadata.path("consumerGroup").asText());
                    assertThat(metadata.path("bootstrapServersFromEnv").asText())
                            .isEqualTo("KAFKA_BOOTSTRAP");
                }
            }
        }
    }
}
