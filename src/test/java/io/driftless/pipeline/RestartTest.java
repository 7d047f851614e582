package io.driftless.pipeline;

import static io.driftless.pipeline.Outcomes.awaitThat;
import static io.driftless.pipeline.Stand.configMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.driftless.pipeline.OwnStands.Site;
import io.driftless.pipeline.Records.Said;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Ended and started again on the same data directory, and told nothing by any webhook.
@ExtendWith(OwnStands.class)
class RestartTest {

    @TempDir
    static Path data;

    @Test
    void aRestartRepeatsNothingAndAPushNobodyAnnouncedIsFound(Site site) throws Exception {
        try (Stand stand = site.prepare("argocd-restart", data).start(Stand.Settings.usual())) {
            Repository one = stand.repository("one");
            Repository two = stand.repository("two");
            one.push(Map.of("a.yaml", configMap("a", "1"), "b.yaml", configMap("b", "1")));
            two.push("map.yaml", configMap("settings", "1"));
            stand.declare(Declaration.automated(one));
            stand.declare(Declaration.automated(two));
            stand.awaitSynced("one", one.head());
            stand.awaitSynced("two", two.head());
            stand.stop();
            WriteRequests before = stand.writeRequests("one", "two");

            stand.start(new Stand.Settings(null, Duration.ofSeconds(2)));
            // What comes before the heads were compared is found by that; this one is told, the next one is not.
            stand.awaitSynced("two", two.push("map.yaml", configMap("settings", "2")));
            String commit = two.commit(Map.of("map.yaml", configMap("settings", "3")));
            awaitThat(
                    "the poll finds the commit",
                    () -> stand.value("two", "settings").equals("3"));
            stand.awaitSynced("two", commit);

            List<Said> said = stand.records().all();
            assertThat(about(said, "argocd-restart/one", "resource-rendered")).hasSize(2);
            assertThat(about(said, "argocd-restart/two", "resource-rendered")).hasSize(3);
            assertThat(about(said, "argocd-restart/one", "manifests-rendered")).hasSize(1);
            assertThat(about(said, "argocd-restart/one", "sync-started")).hasSize(1);
            assertThat(about(said, "argocd-restart/two", "sync-started")).hasSize(3);
            assertThat(stand.status("one").path("history")).hasSize(1);
            assertThat(said.stream()
                            .filter(record -> record.topic().equals("pushes")
                                    && record.json().path("after").asText().equals(commit)))
                    .isNotEmpty()
                    .allSatisfy(record ->
                            assertThat(record.json().path("origin").asText()).isEqualTo("poll"));
            assertThat(stand.object("v1", "ConfigMap", "one", "a")
                            .at("/metadata/managedFields")
                            .size())
                    .isEqualTo(1);
            assertThat(stand.writeRequests("one", "two").minus(before))
                    .as("each new value is written once, nothing else is")
                    .isEqualTo(new WriteRequests(2, 0, 0));

            aCommitMadeWhileItIsDownIsFoundWithoutWaitingForAPoll(stand, one);
        }
    }

    private void aCommitMadeWhileItIsDownIsFoundWithoutWaitingForAPoll(Stand stand, Repository one) throws Exception {
        stand.stop();
        String commit = one.commit(Map.of("a.yaml", configMap("a", "2")));

        stand.start(Stand.Settings.usual());

        awaitThat("the missed commit is live", () -> stand.value("one", "a").equals("2"));
        stand.awaitSynced("one", commit);
        assertThat(stand.value("one", "b")).isEqualTo("1");
    }

    private static List<Said> about(List<Said> said, String application, String type) {
        Predicate<Said> wanted =
                record -> record.type().equals(type) && record.key().startsWith(application);
        return said.stream().filter(wanted).toList();
    }
}
