package io.driftless.sandbox.model;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.objects.StructuredMerge.Conflict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Fields that an apply would set and others own.
public final class ApplyConflicts {
    private ApplyConflicts() {}

    /// 409 for fields of an apply that others own.
    public static ApiError refusal(List<Conflict> conflicts) {
        ObjectNode details = Json.object();
        ArrayNode causes = details.putArray("causes");
        boolean alone = conflicts.size() == 1;
        StringBuilder message =
                new StringBuilder("Apply failed with " + conflicts.size() + (alone ? " conflict: " : " conflicts: "));
        Map<String, List<String>> fields = new TreeMap<>();
        for (Conflict conflict : conflicts) {
            causes.addObject()
                    .put("reason", "FieldManagerConflict")
                    .put("message", conflict.message())
                    .put("field", conflict.field());
            fields.computeIfAbsent(conflict.message(), _ -> new ArrayList<>()).add(conflict.field());
        }
        if (alone) {
            message.append(conflicts.getFirst().message())
                    .append(": ")
                    .append(conflicts.getFirst().field());
        } else {
            // By the names of the managers, whatever the order of the causes is.
            message.append(fields.entrySet().stream()
                    .map(one -> one.getKey().replaceFirst("conflict with", "conflicts with") + ":\n- "
                            + String.join("\n- ", one.getValue()))
                    .collect(Collectors.joining("\n")));
        }
        return ApiError.detailed(409, "Conflict", message.toString(), details);
    }
}
