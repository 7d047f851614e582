package io.driftless.observe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

/// What is ours alone may be told of a moment later; anything that may be drift may not.
class WrittenByUsTest {
    private static final String OURS = LiveObject.OURS;
    private final ObjectNode object = JsonNodeFactory.instance.objectNode();
    private final ArrayNode entries = object.putObject("metadata").putArray("managedFields");

    private void wrote(String manager, String operation, String time) {
        entries.addObject()
                .put("manager", manager)
                .put("operation", operation)
                .put("time", "2026-01-01T10:00:" + time + "Z");
    }

    @Test
    void anApplyOfOursIs() {
        wrote("kubectl", "Update", "01");
        wrote(OURS, "Apply", "02");
        assertThat(LiveObject.writtenByUs(object)).isTrue();
    }

    @Test
    void anUpdateUnderOurNameIsNot() {
        wrote(OURS, "Update", "02");
        assertThat(LiveObject.writtenByUs(object)).isFalse();
    }

    @Test
    void whatAnotherChangedLaterIsNot() {
        wrote(OURS, "Apply", "02");
        wrote("kubectl", "Update", "03");
        assertThat(LiveObject.writtenByUs(object)).isFalse();
    }

    @Test
    void whatAnotherChangedInTheSameSecondIsNotWhoeverComesFirst() {
        wrote("kubectl", "Update", "02");
        wrote(OURS, "Apply", "02");
        assertThat(LiveObject.writtenByUs(object)).isFalse();
        wrote("kubectl", "Update", "02");
        assertThat(LiveObject.writtenByUs(object)).isFalse();
    }

    @Test
    void whatNobodyIsKnownToHaveWrittenIsNot() {
        assertThat(LiveObject.writtenByUs(object)).isFalse();
        assertThat(LiveObject.writtenByUs(JsonNodeFactory.instance.objectNode()))
                .isFalse();
    }
}
