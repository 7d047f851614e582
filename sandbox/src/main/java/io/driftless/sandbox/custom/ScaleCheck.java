package io.driftless.sandbox.custom;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.sandbox.typed.GoText;
import java.util.ArrayList;
import java.util.List;

/// The numbers that the scale of a defined kind shows.
final class ScaleCheck {
    private final List<String> paths;

    private ScaleCheck(List<String> paths) {
        this.paths = paths;
    }

    /// @param version an entry of `spec.versions` of a definition
    static ScaleCheck of(JsonNode version) {
        JsonNode scale = version.path("subresources").path("scale");
        List<String> paths = new ArrayList<>();
        for (String which : List.of("specReplicasPath", "statusReplicasPath")) {
            if (scale.has(which)) {
                paths.add(scale.path(which).asText());
            }
        }
        return new ScaleCheck(paths);
    }

    void check(JsonNode object, List<Violation> wrong) {
        for (String path : paths) {
            JsonNode at = object;
            for (String step : path.substring(1).split("\\.")) {
                if (!at.isObject()) {
                    break;
                }
                at = at.path(step);
            }
            number(path, at, wrong);
        }
    }

    private static void number(String path, JsonNode value, List<Violation> wrong) {
        if (value.isMissingNode()) {
            return;
        }
        if (!value.isIntegralNumber()) {
            String wanted = value.isArray() ? "map[string]interface{}" : "int64";
            wrong.add(Violation.invalid(
                    path,
                    "0",
                    path + " accessor error: " + GoText.of(value) + " is of the type " + GoText.type(value)
                            + ", expected " + wanted));
        } else if (value.asLong() < 0) {
            wrong.add(Violation.invalid(path, value, "should be a non-negative integer"));
        } else if (value.asLong() > Integer.MAX_VALUE) {
            wrong.add(Violation.invalid(path, value, "should be less than or equal to " + Integer.MAX_VALUE));
        }
    }
}
