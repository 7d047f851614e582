package io.driftless.sandbox.custom;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.sandbox.custom.cel.Budget;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Holds the rules of a structure against a value, and against what was there before where a rule
/// asks for it.
final class RuleCheck {
    private final List<Violation> wrong;
    private final Budget budget = new Budget();

    private RuleCheck(List<Violation> wrong) {
        this.wrong = wrong;
    }

    static void check(Structure structure, JsonNode value, @Nullable JsonNode old, List<Violation> wrong) {
        new RuleCheck(wrong).check(structure, "", value, old, false);
    }

    /// @param within whether what it is a part of is what it was
    private void check(Structure structure, String path, JsonNode value, @Nullable JsonNode old, boolean within) {
        if (value.isNull() || budget.isSpent()) {
            return;
        }
        boolean kept = within || value.equals(old);
        structure.rules().forEach(rule -> rule.check(path, value, old, kept, budget, wrong));
        if (value.isObject()) {
            for (Map.Entry<String, JsonNode> entry : value.properties()) {
                Structure field = structure.named(entry.getKey());
                if (field != null && field.hasRules()) {
                    JsonNode before = old == null ? null : old.get(entry.getKey());
                    boolean declared = structure.fields().containsKey(entry.getKey());
                    String at = declared ? Checker.below(path, entry.getKey()) : path + "[" + entry.getKey() + "]";
                    check(field, at, entry.getValue(), before, kept);
                }
            }
        } else if (value.isArray()
                && structure.items() != null
                && structure.items().hasRules()) {
            for (int i = 0; i < value.size(); i++) {
                JsonNode before = old == null ? null : counterpart(structure, value.get(i), old);
                check(structure.items(), path + "[" + i + "]", value.get(i), before, kept);
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
