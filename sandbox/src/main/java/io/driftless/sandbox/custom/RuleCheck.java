package io.driftless.sandbox.custom;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Holds the rules of a structure against a value, and against what was there before where a rule
/// asks for it.
final class RuleCheck {
    private RuleCheck() {}

    /// @param within whether what it is a part of is what it was
    static void check(
            Structure structure,
            String path,
            JsonNode value,
            @Nullable JsonNode old,
            boolean within,
            List<Violation> wrong) {
        if (value.isNull()) {
            return;
        }
        boolean kept = within || value.equals(old);
        structure.rules().forEach(rule -> rule.check(path, value, old, kept, wrong));
        if (value.isObject()) {
            for (Map.Entry<String, JsonNode> entry : value.properties()) {
                Structure field = structure.named(entry.getKey());
                if (field != null && field.hasRules()) {
                    JsonNode before = old == null ? null : old.get(entry.getKey());
                    check(field, Checker.below(path, entry.getKey()), entry.getValue(), before, kept, wrong);
                }
            }
        } else if (value.isArray()
                && structure.items() != null
                && structure.items().hasRules()) {
            for (int i = 0; i < value.size(); i++) {
                JsonNode before = old == null ? null : counterpart(structure, value.get(i), old);
                check(structure.items(), path + "[" + i + "]", value.get(i), before, kept, wrong);
            }
        }
    }

    /// The item of a keyed list that an item takes the place of; items of other lists have none.
    private static @Nullable JsonNode counterpart(Structure list, JsonNode item, JsonNode old) {
        if (list.listType().equals("map")) {
            for (JsonNode before : old) {
                if (Checker.key(list, before).equals(Checker.key(list, item))) {
                    return before;
                }
            }
        }
        return null;
    }
}
