package io.driftless.sandbox.custom;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/// Structures of which some have to fit: `allOf`, `anyOf`, `oneOf`, `not`.
final class Alternatives {
    private Alternatives() {}

    static void check(String how, List<Structure> parts, String path, JsonNode value, List<Violation> wrong) {
        List<List<Violation>> each =
                parts.stream().map(part -> Checker.check(part, path, value)).toList();
        long fitting = each.stream().filter(List::isEmpty).count();
        switch (how) {
            case "allOf" -> each.forEach(wrong::addAll);
            case "anyOf" -> {
                if (fitting == 0) {
                    none(wrong, "must validate at least one schema (anyOf)", path, each);
                }
            }
            case "oneOf" -> {
                if (fitting == 0) {
                    none(wrong, "must validate one and only one schema (oneOf). Found none valid", path, each);
                } else if (fitting > 1) {
                    String found =
                            "must validate one and only one schema (oneOf). Found " + fitting + " valid alternatives";
                    none(wrong, found, path, List.of());
                }
            }
            default -> {
                if (fitting > 0) {
                    none(wrong, "must not validate the schema (not)", path, List.of());
                }
            }
        }
    }

    /// No alternative fits; what the first one lacks is told with it.
    private static void none(List<Violation> wrong, String what, String path, List<List<Violation>> each) {
        wrong.add(new Violation("<nil>", "FieldValueInvalid", "Invalid value: \"\": \"" + path + "\" " + what));
        if (!each.isEmpty()) {
            wrong.addAll(each.getFirst());
        }
    }
}
