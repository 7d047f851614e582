package io.driftless.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TopicAuditTest {
    private final TopicAudit<String> audit = new TopicAudit<>();

    @Test
    void aDifferenceThatStaysIsStray() {
        assertThat(audit.strayed(Map.of("a", "old"), Map.of("a", "new"))).isFalse();
        assertThat(audit.strayed(Map.of("a", "old"), Map.of("a", "new"))).isTrue();
    }

    @Test
    void aDifferenceThatPassesIsARecordOnItsWay() {
        assertThat(audit.strayed(Map.of("a", "1"), Map.of("a", "2"))).isFalse();
        assertThat(audit.strayed(Map.of("a", "2"), Map.of("a", "3"))).isFalse();
        assertThat(audit.strayed(Map.of("a", "3"), Map.of("a", "3"))).isFalse();
        assertThat(audit.strayed(Map.of("a", "2"), Map.of("a", "3"))).isFalse();
    }
}
