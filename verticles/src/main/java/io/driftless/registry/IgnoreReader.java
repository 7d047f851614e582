package io.driftless.registry;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.events.ApplicationSpec.IgnoreDifferences;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads `spec.ignoreDifferences`: what is not to be compared. Rules that would hide whole objects, or so many that
/// every comparison would be about them, are problems.
final class IgnoreReader {
    private static final int MOST = 1_000;
    private static final Pattern POINTER = Pattern.compile("(?:/(?:[^~]|~[01])*)+");
    private static final Set<String> EVERYTHING = Set.of(".", ".[]", ".[]?", "..", ". | .", ".metadata, .spec");

    private IgnoreReader() {}

    /// @param problems where to say what is wrong
    static List<IgnoreDifferences> read(JsonNode rules, List<String> problems) {
        List<IgnoreDifferences> read = new ArrayList<>();
        int entries = 0;
        for (JsonNode rule : rules) {
            String place = "spec.ignoreDifferences[" + read.size() + "]";
            if (SpecReader.text(rule, "kind").isEmpty()) {
                problems.add(place + ".kind is missing: name a kind or *");
            }
            List<String> pointers = SpecReader.texts(rule.path("jsonPointers"));
            List<String> expressions = SpecReader.texts(rule.path("jqPathExpressions"));
            List<String> managers = SpecReader.texts(rule.path("managedFieldsManagers"));
            entries += 1 + pointers.size() + expressions.size() + managers.size();
            if (entries > MOST) {
                problems.add("spec.ignoreDifferences has more than " + MOST
                        + " kinds, paths and managers: use a kind of * or paths further up");
                return List.of();
            }
            pointers.forEach(pointer -> pointer(pointer, place, problems));
            expressions.stream()
                    .filter(expression -> EVERYTHING.contains(expression.strip()))
                    .forEach(expression -> problems.add(place + ".jqPathExpressions: " + expression
                            + " hides whole objects: name the field, such as .spec.replicas"));
            read.add(new IgnoreDifferences(
                    SpecReader.text(rule, "group"),
                    SpecReader.text(rule, "kind"),
                    SpecReader.text(rule, "name"),
                    SpecReader.text(rule, "namespace"),
                    pointers,
                    expressions,
                    managers));
        }
        return read;
    }

    private static void pointer(String pointer, String place, List<String> problems) {
        if (pointer.isEmpty()) {
            problems.add(place + ".jsonPointers: an empty pointer hides whole objects: name the field, such as"
                    + " /spec/replicas");
        } else if (!pointer.startsWith("/")) {
            problems.add(place + ".jsonPointers: " + pointer + " must begin with /");
        } else if (!POINTER.matcher(pointer).matches()) {
            problems.add(place + ".jsonPointers: " + pointer + ": write ~ as ~0 and a / within a name as ~1");
        }
    }
}
