package io.driftless.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;

/// Waiting for what is to come true.
final class Outcomes {
    /// Generous, for machines that do much else; nothing waits longer than it has to.
    static final Duration LIMIT = Duration.ofSeconds(60);

    private Outcomes() {}

    /// Waits for an outcome.
    static void awaitThat(String outcome, Callable<Boolean> holds) {
        awaitThat(outcome, holds, () -> JsonNodeFactory.instance.textNode(""));
    }

    /// Waits for an outcome; a failure shows what is there instead.
    static void awaitThat(String outcome, Callable<Boolean> holds, Callable<JsonNode> instead) {
        try {
            Awaitility.await(outcome)
                    .pollInterval(Duration.ofMillis(20))
                    .atMost(LIMIT)
                    .until(holds);
        } catch (org.awaitility.core.ConditionTimeoutException e) {
            try {
                throw new AssertionError("not within " + LIMIT + ": " + outcome + "; there is " + instead.call(), e);
            } catch (RuntimeException unknown) {
                throw e;
            } catch (Exception unknown) {
                throw new AssertionError(outcome, unknown);
            }
        }
    }
}
