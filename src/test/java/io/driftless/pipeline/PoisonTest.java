package io.driftless.pipeline;

import static io.driftless.pipeline.Outcomes.awaitThat;
import static io.driftless.pipeline.Stand.configMap;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.driftless.events.RecordKey;
import io.driftless.events.Topic;
import io.driftless.pipeline.Records.Said;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Records that are not what their topic promises.
@ExtendWith(SharedStand.class)
class PoisonTest {
    private static final List<Topic> OF_THE_APPLICATION =
            List.of(Topic.APPLICATIONS, Topic.DESIRED, Topic.LIVE, Topic.DRIFT, Topic.COMMANDS, Topic.OPERATIONS);

    @Test
    void theyGoToTheDeadLettersWithTheReasonAndThePartitionGoesOn(Stand stand) throws Exception {
        Repository repository = stand.repository("poisoned");
        repository.push("map.yaml", configMap("settings", "1"));
        stand.declare(Declaration.automated(repository));
        stand.awaitSynced("poisoned", repository.head());
        String key = "argocd/poisoned";
        int partition = RecordKey.partition(key, stand.server().runtime().partitions());
        byte[] nonsense = "this is no event".getBytes(UTF_8);

        for (Topic topic : OF_THE_APPLICATION) {
            stand.records().put(topic.topicName(), partition, key, nonsense);
        }
        stand.records().put("pushes", partition, repository.url(), nonsense);

        List<Topic> read = new ArrayList<>(OF_THE_APPLICATION);
        read.add(Topic.PUSHES);
        for (Topic topic : read) {
            awaitThat(
                    "dead letter of " + topic.topicName(),
                    () -> !dead(stand, topic).isEmpty());
            Said letter = dead(stand, topic).getFirst();
            assertThat(letter.headers())
                    .containsKey("dead_reason")
                    .containsKey("dead_stage")
                    .containsEntry("dead_partition", String.valueOf(partition));
            assertThat(letter.data()).isEqualTo(nonsense);
        }
        String commit = repository.push("map.yaml", configMap("settings", "2"));
        stand.awaitSynced("poisoned", commit);
        assertThat(stand.value("poisoned", "settings")).isEqualTo("2");
        assertThat(stand.web().get("/readyz").code()).isEqualTo(200);
    }

    private static List<Said> dead(Stand stand, Topic topic) {
        return stand.records().of(List.of(topic.deadLetterTopic()));
    }
}
