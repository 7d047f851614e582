package io.driftless.objects;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads the simple paths of jq: `.spec.replicas`, `.a["b/c"]`, `.list[0]`, `.list[]`, and after a bar
/// `select(.name == "x")` and further paths. They are followed by hand, so that no expression of a user can run for
/// long.
final class JqPath {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern FIELD = Pattern.compile("\\.\\s*([A-Za-z_][A-Za-z0-9_]*)");
    private static final Pattern QUOTED_FIELD = Pattern.compile("\\.\\s*(\"(?:[^\"\\\\]|\\\\.)*+\")");
    private static final Pattern BRACKETS =
            Pattern.compile("\\.?\\[\\s*(\"(?:[^\"\\\\]|\\\\.)*+\"|-?[0-9]{1,9}|)\\s*\\]");
    private static final Pattern SELECT = Pattern.compile("select\\s*\\(");
    private static final Pattern EQUALS = Pattern.compile("(==|!=)");
    private static final Pattern LITERAL =
            Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*+\"|-?[0-9]+(?:\\.[0-9]+)?|true|false|null");
    private static final Pattern BLANK = Pattern.compile("\\s+");

    private final String text;
    private int at;

    private JqPath(String text) {
        this.text = text;
    }

    /// The path that `expression` stands for; empty where it uses more of jq than this.
    static Optional<FieldPath> parse(String expression) {
        try {
            return new JqPath(expression.strip()).pipeline();
        } catch (JsonProcessingException badText) {
            return Optional.empty();
        }
    }

    private Optional<FieldPath> pipeline() throws JsonProcessingException {
        List<FieldPath.Part> parts = new ArrayList<>();
        do {
            skip();
            if (take(SELECT) != null) {
                FieldPath.Where where = condition();
                if (where == null || parts.isEmpty()) {
                    return Optional.empty();
                }
                parts.add(where);
                parts.addAll(steps());
            } else {
                List<FieldPath.Part> steps = steps();
                if (steps.isEmpty()) {
                    return Optional.empty();
                }
                parts.addAll(steps);
            }
            skip();
        } while (taken('|'));
        return at == text.length() ? Optional.of(new FieldPath(parts)) : Optional.empty();
    }

    private List<FieldPath.Part> steps() throws JsonProcessingException {
        List<FieldPath.Part> parts = new ArrayList<>();
        while (true) {
            skip();
            Matcher match;
            if ((match = take(FIELD)) != null) {
                parts.add(new FieldPath.Name(match.group(1)));
            } else if ((match = take(QUOTED_FIELD)) != null) {
                parts.add(new FieldPath.Name(JSON.readTree(match.group(1)).asText()));
            } else if ((match = take(BRACKETS)) != null) {
                parts.add(inBrackets(match.group(1)));
            } else {
                return parts;
            }
            taken('?');
        }
    }

    private static FieldPath.Part inBrackets(String inside) throws JsonProcessingException {
        if (inside.isEmpty()) {
            return new FieldPath.Every();
        }
        return inside.startsWith("\"")
                ? new FieldPath.Name(JSON.readTree(inside).asText())
                : new FieldPath.Position(Integer.parseInt(inside));
    }

    private FieldPath.@Nullable Where condition() throws JsonProcessingException {
        List<FieldPath.Part> path = steps();
        boolean single = path.stream().noneMatch(FieldPath.Every.class::isInstance);
        skip();
        Matcher comparison = take(EQUALS);
        skip();
        Matcher literal = take(LITERAL);
        skip();
        if (path.isEmpty() || !single || comparison == null || literal == null || !taken(')')) {
            return null;
        }
        JsonNode value = JSON.readTree(literal.group());
        return new FieldPath.Where(
                new FieldPath(path), value, comparison.group().equals("!="));
    }

    private @Nullable Matcher take(Pattern pattern) {
        Matcher matcher = pattern.matcher(text).region(at, text.length());
        if (!matcher.lookingAt()) {
            return null;
        }
        at = matcher.end();
        return matcher;
    }

    private void skip() {
        take(BLANK);
    }

    private boolean taken(char expected) {
        if (at < text.length() && text.charAt(at) == expected) {
            at++;
            return true;
        }
        return false;
    }
}
