package io.driftless.sandbox.defaults;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.sandbox.model.Json;

/// How quickly an autoscaler may scale, where it says anything about that: each direction that is
/// silent about something gets the usual.
public final class AutoscalerDefaults {
    private static final int PERIOD_SECONDS = 15;

    private AutoscalerDefaults() {}

    static void complete(ObjectNode spec) {
        if (spec.get("behavior") instanceof ObjectNode behavior) {
            ObjectNode up = direction(behavior, "scaleUp");
            Defaults.absent(up, "stabilizationWindowSeconds", 0);
            if (!up.has("policies")) {
                policy(up, "Pods", 4);
                policy(up, "Percent", 100);
            }
            ObjectNode down = direction(behavior, "scaleDown");
            if (!down.has("policies")) {
                policy(down, "Percent", 100);
            }
        }
    }

    private static ObjectNode direction(ObjectNode behavior, String name) {
        ObjectNode direction = Json.child(behavior, name);
        Defaults.absent(direction, "selectPolicy", "Max");
        return direction;
    }

    private static void policy(ObjectNode direction, String type, int value) {
        direction
                .withArray("policies")
                .addObject()
                .put("type", type)
                .put("value", value)
                .put("periodSeconds", PERIOD_SECONDS);
    }
}
