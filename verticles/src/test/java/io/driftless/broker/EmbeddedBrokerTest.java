package io.driftless.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerTest {
    @TempDir
    Path data;

    @Test
    void keepsItsTopicsItsIdentityAndItsAddressOverARestart() throws Exception {
        String bootstrap;
        String cluster;
        try (EmbeddedBroker broker = EmbeddedBroker.start(data, EmbeddedBroker.Options.loopback());
                Admin admin = Admin.create(Map.<String, Object>copyOf(broker.clientProperties()))) {
            bootstrap = broker.bootstrap();
            cluster = admin.describeCluster().clusterId().get();
            admin.createTopics(List.of(new NewTopic("kept", 1, (short) 1)))
                    .all()
                    .get();
            assertThatThrownBy(() -> EmbeddedBroker.start(data, EmbeddedBroker.Options.loopback()))
                    .isInstanceOf(BrokerException.class)
                    .hasMessageContaining(data.toString())
                    .hasMessageContaining("in use");
        }
        try (EmbeddedBroker broker = EmbeddedBroker.start(data, EmbeddedBroker.Options.loopback());
                Admin admin = Admin.create(Map.<String, Object>copyOf(broker.clientProperties()))) {
            assertThat(broker.bootstrap()).isEqualTo(bootstrap);
            assertThat(admin.describeCluster().clusterId().get()).isEqualTo(cluster);
            assertThat(admin.listTopics().names().get()).contains("kept");
        }
    }
}
