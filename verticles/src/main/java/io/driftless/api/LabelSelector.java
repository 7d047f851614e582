package io.driftless.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.http.HttpFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A Kubernetes label selector: `a=b,c!=d,e in (f,g),h notin (i),j,!k`.
final class LabelSelector {
    private static final int LONGEST = 4_096;
    private static final String KEY = "([A-Za-z0-9][A-Za-z0-9._/-]*)";
    private static final Pattern EQUAL = Pattern.compile(KEY + "\\s*(==|=|!=)\\s*([A-Za-z0-9._-]*)");
    private static final Pattern SET = Pattern.compile(KEY + "\\s+(in|notin)\\s*\\(([A-Za-z0-9._,\\s-]*)\\)");
    private static final Pattern EXISTS = Pattern.compile("(!?)\\s*" + KEY);

    private LabelSelector() {}

    /// Reads a selector; fails with [HttpFailure] 400 when it is none.
    static Predicate<JsonNode> parse(String selector) {
        if (selector.length() > LONGEST) {
            throw HttpFailure.invalid("the label selector is too long");
        }
        Predicate<JsonNode> all = labels -> true;
        for (String part : parts(selector)) {
            all = all.and(requirement(part.strip()));
        }
        return all;
    }

    private static List<String> parts(String selector) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i < selector.length(); i++) {
            char c = selector.charAt(i);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (c == ',' && depth == 0) {
                parts.add(selector.substring(start, i));
                start = i + 1;
            }
        }
        if (!selector.isBlank()) {
            parts.add(selector.substring(start));
        }
        return parts;
    }

    private static Predicate<JsonNode> requirement(String part) {
        Matcher equal = EQUAL.matcher(part);
        if (equal.matches()) {
            String key = equal.group(1);
            String value = equal.group(3);
            Predicate<JsonNode> same =
                    labels -> labels.has(key) && labels.path(key).asText().equals(value);
            return equal.group(2).equals("!=") ? same.negate() : same;
        }
        Matcher set = SET.matcher(part);
        if (set.matches()) {
            String key = set.group(1);
            List<String> values = List.of(set.group(3).strip().split("\\s*,\\s*"));
            Predicate<JsonNode> among = labels ->
                    labels.has(key) && values.contains(labels.path(key).asText());
            return set.group(2).equals("in") ? among : among.negate();
        }
        Matcher exists = EXISTS.matcher(part);
        if (exists.matches()) {
            String key = exists.group(2);
            return exists.group(1).isEmpty() ? labels -> labels.has(key) : labels -> !labels.has(key);
        }
        throw HttpFailure.invalid("the label selector cannot be understood at \"" + part + '"');
    }
}
