package io.driftless.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.sandbox.model.ApiError;
import io.driftless.sandbox.model.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads a label selector: terms with commas between them, such as `a=b`, `a!=b`, `a in (b,c)`, `a
/// notin (b)`, `a`, `!a`, `a>1`. What is wrong is said in the words of the real server.
final class LabelTerms {
    private static final String PUNCTUATION = "(),!=<>";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?");
    private static final Pattern PREFIX = Pattern.compile("[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?");
    private static final String UNREADABLE = "unable to parse requirement: ";
    private final List<String> tokens = new ArrayList<>();
    private final List<Predicate<JsonNode>> terms = new ArrayList<>();
    private int at;

    private LabelTerms(String text) {
        split(text);
    }

    /// The terms, all of which have to hold.
    ///
    /// @throws ApiError 400 for what is no selector
    static List<Predicate<JsonNode>> of(String text) {
        LabelTerms read = new LabelTerms(text);
        if (read.tokens.isEmpty()) {
            return List.of();
        }
        while (true) {
            read.term();
            String next = read.peek();
            if (next.isEmpty()) {
                return read.terms;
            }
            if (!next.equals(",")) {
                throw ApiError.badRequest("found '" + next + "', expected: ',' or 'end of string'");
            }
            read.at++;
            if (!read.peek().equals("!") && !read.identifier()) {
                throw ApiError.badRequest("found '" + read.peek() + "', expected: identifier after ','");
            }
        }
    }

    private void split(String text) {
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean punctuation = PUNCTUATION.indexOf(c) >= 0;
            if ((punctuation || Character.isWhitespace(c)) && !word.isEmpty()) {
                tokens.add(word.toString());
                word.setLength(0);
            }
            if (punctuation) {
                boolean twice = (c == '=' || c == '!') && i + 1 < text.length() && text.charAt(i + 1) == '=';
                tokens.add(twice ? c + "=" : String.valueOf(c));
                i += twice ? 1 : 0;
            } else if (!Character.isWhitespace(c)) {
                word.append(c);
            }
        }
        if (!word.isEmpty()) {
            tokens.add(word.toString());
        }
    }

    private String peek() {
        return at < tokens.size() ? tokens.get(at) : "";
    }

    private boolean identifier() {
        return !peek().isEmpty() && PUNCTUATION.indexOf(peek().charAt(0)) < 0;
    }

    private void term() {
        boolean absent = peek().equals("!");
        at += absent ? 1 : 0;
        if (!identifier()) {
            throw absent
                    ? unreadable("found '" + peek() + "', expected: identifier")
                    : ApiError.badRequest("found '" + peek() + "', expected: !, identifier, or 'end of string'");
        }
        String key = key(tokens.get(at++));
        if (absent) {
            terms.add(object -> label(object, key) == null);
            return;
        }
        String operator = peek();
        switch (operator) {
            case "", "," -> terms.add(object -> label(object, key) != null);
            case "in", "notin" -> {
                at++;
                Set<String> values = values(key);
                boolean in = operator.equals("in");
                terms.add(object -> {
                    JsonNode value = label(object, key);
                    return in == (value != null && values.contains(value.asText()));
                });
            }
            case "=", "==", "!=" -> {
                at++;
                String wanted = value(key, 0, exact());
                boolean equal = !operator.equals("!=");
                terms.add(object -> {
                    JsonNode value = label(object, key);
                    return equal == (value != null && value.asText().equals(wanted));
                });
            }
            case ">", "<" -> {
                at++;
                compared(key, operator.equals(">"), exact());
            }
            default -> throw unreadable("found '" + operator + "', expected: in, notin, =, ==, !=, gt, lt");
        }
    }

    private void compared(String key, boolean above, String text) {
        if (!text.matches("[+-]?[0-9]{1,18}")) {
            throw unreadable("values[0]: Invalid value: " + Json.quoted(text)
                    + ": for 'Gt', 'Lt' operators, the value must be an integer");
        }
        long wanted = Long.parseLong(text);
        terms.add(object -> {
            JsonNode value = label(object, key);
            if (value == null || !value.asText().matches("[+-]?[0-9]{1,18}")) {
                return false;
            }
            long is = Long.parseLong(value.asText());
            return above ? is > wanted : is < wanted;
        });
    }

    /// The value after an operator, which may be empty.
    private String exact() {
        if (peek().isEmpty() || peek().equals(",")) {
            return "";
        }
        if (!identifier()) {
            throw unreadable("found '" + peek() + "', expected: identifier");
        }
        return tokens.get(at++);
    }

    private Set<String> values(String key) {
        if (!peek().equals("(")) {
            throw unreadable("found '" + peek() + "' expected: '('");
        }
        at++;
        Set<String> out = new TreeSet<>();
        String last = ",";
        while (!peek().equals(")")) {
            if (peek().equals(",")) {
                if (last.equals(",")) {
                    out.add("");
                }
            } else if (identifier() && last.equals(",")) {
                out.add(value(key, out.size(), peek()));
            } else {
                String next = last.equals(",") ? "',', ')' or identifier" : "',' or ')'";
                throw unreadable("found '" + peek() + "', expected: " + next);
            }
            last = tokens.get(at++);
        }
        if (last.equals(",")) {
            out.add("");
        }
        at++;
        return out;
    }

    private static String key(String key) {
        int slash = key.lastIndexOf('/');
        if (!NAME.matcher(key.substring(slash + 1)).matches()) {
            throw unreadable("<nil>: Invalid value: " + Json.quoted(key)
                    + ": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an"
                    + " alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is"
                    + " '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')");
        }
        if (slash >= 0 && !PREFIX.matcher(key.substring(0, slash)).matches()) {
            throw unreadable("<nil>: Invalid value: " + Json.quoted(key) + ": prefix part must be a DNS subdomain");
        }
        return key;
    }

    private static String value(String key, int index, String value) {
        if (!value.isEmpty() && !NAME.matcher(value).matches()) {
            throw unreadable("values[" + index + "][" + key + "]: Invalid value: " + Json.quoted(value)
                    + ": a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and"
                    + " must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345',"
                    + " regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')");
        }
        return value;
    }

    private static ApiError unreadable(String why) {
        return ApiError.badRequest(UNREADABLE + why);
    }

    private static @Nullable JsonNode label(JsonNode object, String name) {
        return object.path("metadata").path("labels").get(name);
    }
}
