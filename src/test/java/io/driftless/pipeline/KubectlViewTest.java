package io.driftless.pipeline;

import static io.driftless.pipeline.Outcomes.awaitThat;
import static io.driftless.pipeline.Stand.configMap;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What somebody with kubectl sees and can do. Skipped where there is no kubectl.
@ExtendWith(SharedStand.class)
class KubectlViewTest {
    private static final Path KUBECTL = Path.of("/usr/bin/kubectl");
    private Stand stand;

    @BeforeEach
    void on(Stand shared) {
        assumeTrue(Files.isExecutable(KUBECTL), "there is no " + KUBECTL);
        stand = shared;
    }

    @Test
    void applicationsAreListedWithSyncAndHealthAndASyncIsAskedForByAPatch() throws Exception {
        Repository repository = stand.repository("kubectl");
        String commit = repository.push("map.yaml", configMap("settings", "1"));
        stand.declare(Declaration.manual(repository));
        awaitThat(
                "it is OutOfSync",
                () -> stand.status("kubectl").at("/sync/status").asText().equals("OutOfSync"));

        assertThat(kubectl("get", "applications", "kubectl").lines())
                .anySatisfy(line -> assertThat(line).matches("NAME +SYNC STATUS +HEALTH STATUS.*"))
                .anySatisfy(line -> assertThat(line).matches("kubectl +OutOfSync +Missing.*"));

        kubectl(
                "patch",
                "application",
                "kubectl",
                "--type",
                "merge",
                "-p",
                "{\"operation\":{\"initiatedBy\":{\"username\":\"ops\"},\"info\":[{\"name\":\"why\",\"value\":\"release\"}],"
                        + "\"sync\":{\"syncStrategy\":{\"apply\":{\"force\":true}},\"prune\":true}}}");
        stand.awaitSynced("kubectl", commit);
        JsonNode asked = stand.status("kubectl").at("/operationState/operation");
        assertThat(asked.at("/initiatedBy/username").asText()).isEqualTo("ops");
        assertThat(asked.path("info").toString()).contains("{\"name\":\"why\",\"value\":\"release\"}");
        assertThat(asked.at("/sync/syncStrategy")).hasToString("{\"apply\":{\"force\":true}}");
        assertThat(asked.at("/sync/prune").asBoolean()).isTrue();

        assertThat(kubectl("get", "application", "kubectl", "-o", "jsonpath={.status.operationState.phase}"))
                .isEqualTo("Succeeded");
        assertThat(kubectl("get", "application", "kubectl", "-o", "jsonpath={.status.history[0].revision}"))
                .isEqualTo(commit);
        assertThat(stand.application("kubectl").has("operation")).isFalse();
        assertThat(stand.value("kubectl", "settings")).isEqualTo("1");
    }

    @Test
    void anEditMadeWithKubectlIsHealed() throws Exception {
        Repository repository = stand.repository("edited");
        String commit = repository.push("map.yaml", configMap("settings", "1"));
        stand.declare(Declaration.automated(repository));
        stand.awaitSynced("edited", commit);

        kubectl(
                "-n",
                "edited",
                "patch",
                "configmap",
                "settings",
                "--type",
                "merge",
                "-p",
                "{\"data\":{\"value\":\"9\"}}");

        awaitThat(
                "the value of Git is back",
                () -> stand.value("edited", "settings").equals("1"));
        stand.awaitSynced("edited", commit);
    }

    private String kubectl(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(KUBECTL.toString(), "--kubeconfig", stand.kubeconfig().toString(), "-n", Stand.NAMESPACE));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as("%s: %s", command, output).isZero();
        return output;
    }
}
