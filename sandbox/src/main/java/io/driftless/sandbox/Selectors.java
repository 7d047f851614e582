package io.driftless.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.sandbox.model.ApiError;
import io.driftless.sandbox.model.ResourceType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Label and field selectors of list, watch and delete-collection requests.
final class Selectors {
    private static final Pattern PAIR = Pattern.compile("\\s*([^\\s=!,()]+)\\s*(==|=|!=)\\s*([^\\s,()=!]*)\\s*");
    /// Fields that are left out where they are false.
    private static final Set<String> FLAGS = Set.of("spec.hostNetwork", "spec.unschedulable");

    private Selectors() {}

    /// Both selectors, each may be null.
    ///
    /// @throws ApiError 400 for what is no selector, and for fields that the type is not selected by
    static Predicate<JsonNode> of(ResourceType type, @Nullable String labels, @Nullable String fields) {
        List<Predicate<JsonNode>> all = new ArrayList<>();
        if (labels != null) {
            all.addAll(LabelTerms.of(labels));
        }
        if (fields != null) {
            for (String term : fields.split(",")) {
                if (!term.isEmpty()) {
                    all.add(field(type, fields, term));
                }
            }
        }
        return object -> {
            for (Predicate<JsonNode> one : all) {
                if (!one.test(object)) {
                    return false;
                }
            }
            return true;
        };
    }

    /// Where a field is in objects as they are stored.
    private static String stored(String field) {
        return field.startsWith("regarding.")
                ? "involvedObject" + field.substring("regarding".length())
                : field.equals("reportingController")
                        ? "reportingComponent"
                        : field.equals("source") ? "source.component" : field;
    }

    private static Predicate<JsonNode> field(ResourceType type, String all, String term) {
        Matcher pair = PAIR.matcher(term);
        if (!pair.matches()) {
            throw ApiError.badRequest("invalid selector: '" + all + "'; can't understand '" + term + "'");
        }
        String name = pair.group(1);
        SelectableFields.check(type, name);
        String[] path = stored(name).split("\\.");
        boolean equal = !pair.group(2).equals("!=");
        String absent = FLAGS.contains(name) ? "false" : "";
        return object -> {
            JsonNode at = object;
            for (String part : path) {
                at = at.path(part);
            }
            return equal == (at.isMissingNode() ? absent : at.asText()).equals(pair.group(3));
        };
    }
}
