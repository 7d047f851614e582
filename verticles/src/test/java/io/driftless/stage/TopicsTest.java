package io.driftless.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.driftless.broker.EmbeddedBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TopicsTest {
    @TempDir
    Path data;

    @Test
    void createsTablesAndHistoriesOnceAndRefusesPartitionsThatDisagree() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(data, EmbeddedBroker.Options.loopback());
                Admin admin = Admin.create(Map.<String, Object>copyOf(broker.clientProperties()))) {
            KafkaConnection kafka = KafkaConnection.of(broker.bootstrap());
            long start = System.nanoTime();
            assertThat(Topics.ensure(kafka, new TopicSettings(3, Duration.ofDays(2))))
                    .isEqualTo(3);
            System.out.println("topics created in " + (System.nanoTime() - start) / 1_000_000 + " ms");

            assertThat(partitions(admin, "desired")).isEqualTo(3);
            assertThat(partitions(admin, "desired.dead")).isEqualTo(1);
            assertThat(config(admin, "desired", "cleanup.policy")).isEqualTo("compact");
            assertThat(config(admin, "syncs", "retention.ms")).isEqualTo("172800000");
            assertThat(Topics.ensure(kafka, TopicSettings.defaults())).isEqualTo(3);

            admin.createPartitions(Map.of("drift", NewPartitions.increaseTo(4)))
                    .all()
                    .get();
            await().until(() -> partitions(admin, "drift") == 4);
            assertThatThrownBy(() -> Topics.ensure(kafka, TopicSettings.defaults()))
                    .isInstanceOf(KafkaFailure.class)
                    .hasMessageContaining("drift=4");
        }
    }

    private static int partitions(Admin admin, String topic) throws Exception {
        TopicDescription description =
                admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic);
        assertThat(description).isNotNull();
        return description.partitions().size();
    }

    private static String config(Admin admin, String topic, String name) throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        return admin.describeConfigs(List.of(resource))
                .all()
                .get()
                .get(resource)
                .get(name)
                .value();
    }
}
