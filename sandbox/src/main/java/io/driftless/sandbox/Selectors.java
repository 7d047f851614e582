package io.driftless.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Label and field selectors of list, watch and delete-collection requests.
final class Selectors {
    private static final Pattern SET =
            Pattern.compile("\\s*([^\\s=!,()]+)\\s+(in|notin)\\s*\\(([^)]*)\\)\\s*", Pattern.CASE_INSENSITIVE);
    private static final Pattern PAIR = Pattern.compile("\\s*([^\\s=!,()]+)\\s*(==|=|!=)\\s*([^\\s,()=!]*)\\s*");

    private static final Pattern FIRST = Pattern.compile("\\s*!?\\s*([^\\s=!,()]+)");
    private static final Pattern NAME =
            Pattern.compile("([a-zA-Z0-9][-a-zA-Z0-9.]*/)?[a-zA-Z0-9]([-a-zA-Z0-9_.]{0,61}[a-zA-Z0-9])?");

    private Selectors() {}

    /// Both selectors, each may be null.
    ///
    /// @throws ApiError 400 for what is no selector, and for fields that the type is not selected by
    static Predicate<JsonNode> of(ResourceType type, @Nullable String labels, @Nullable String fields) {
        List<Predicate<JsonNode>> all = new ArrayList<>();
        if (labels != null) {
            split(labels).forEach(term -> all.add(label(term)));
        }
        if (fields != null) {
            split(fields).forEach(term -> all.add(field(type, term)));
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

    private static Predicate<JsonNode> label(String term) {
        named(term);
        Matcher set = SET.matcher(term);
        if (set.matches()) {
            List<String> values = Arrays.stream(set.group(3).split(",", -1))
                    .map(String::strip)
                    .toList();
            boolean in = set.group(2).equalsIgnoreCase("in");
            return object -> {
                JsonNode value = label(object, set.group(1));
                return in == (value != null && values.contains(value.asText()));
            };
        }
        Matcher pair = PAIR.matcher(term);
        if (pair.matches()) {
            boolean equal = !pair.group(2).equals("!=");
            return object -> {
                JsonNode value = label(object, pair.group(1));
                return equal == (value != null && value.asText().equals(pair.group(3)));
            };
        }
        String name = term.strip();
        if (name.startsWith("!")) {
            return object -> label(object, name.substring(1).strip()) == null;
        }
        if (!NAME.matcher(name).matches()) {
            throw unreadable(term);
        }
        return object -> label(object, name) != null;
    }

    private static void named(String term) {
        Matcher first = FIRST.matcher(term);
        if (!first.lookingAt() || !NAME.matcher(first.group(1)).matches()) {
            throw unreadable(term);
        }
    }

    private static ApiError unreadable(String term) {
        return ApiError.badRequest("unable to parse requirement: \"" + term + "\"");
    }

    private static @Nullable JsonNode label(JsonNode object, String name) {
        return object.path("metadata").path("labels").get(name);
    }

    private static Predicate<JsonNode> field(ResourceType type, String term) {
        Matcher pair = PAIR.matcher(term);
        if (!pair.matches()) {
            throw ApiError.badRequest("invalid field selector: \"" + term + "\"");
        }
        if (!SelectableFields.of(type).contains(pair.group(1))) {
            throw ApiError.badRequest("field label not supported: " + pair.group(1));
        }
        String[] path = pair.group(1).split("\\.");
        boolean equal = !pair.group(2).equals("!=");
        return object -> {
            JsonNode at = object;
            for (String part : path) {
                at = at.path(part);
            }
            return equal == at.asText().equals(pair.group(3));
        };
    }

    private static List<String> split(String text) {
        List<String> out = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i <= text.length(); i++) {
            char c = i == text.length() ? ',' : text.charAt(i);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if ((c == ',' && depth == 0) || i == text.length()) {
                if (!text.substring(start, i).isBlank()) {
                    out.add(text.substring(start, i));
                }
                start = i + 1;
            }
        }
        return out;
    }
}
