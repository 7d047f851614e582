package io.driftless.kustomize.model;

import io.driftless.kustomize.KustomizeException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The selector grammar of Kubernetes: `a=b,c!=d,e in (f,g),h notin (i),j,!k,l>1,m<2`.
public final class LabelSelector {
    private static final LabelSelector EVERYTHING = new LabelSelector(List.of());
    private static final Pattern KEY = Pattern.compile(
            "([a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?");
    private static final Pattern VALUE = Pattern.compile("([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?");

    private record Requirement(String key, String operator, Set<String> values) {
        boolean matches(Map<String, String> labels) {
            String value = labels.get(key);
            return switch (operator) {
                case "exists" -> value != null;
                case "!" -> value == null;
                case "in" -> value != null && values.contains(value);
                case "notin" -> value == null || !values.contains(value);
                default -> compare(value);
            };
        }

        private boolean compare(@Nullable String value) {
            try {
                long bound = Long.parseLong(values.iterator().next());
                return value != null
                        && (operator.equals(">") ? Long.parseLong(value) > bound : Long.parseLong(value) < bound);
            } catch (NumberFormatException notNumber) {
                return false;
            }
        }
    }

    private final List<Requirement> requirements;

    private LabelSelector(List<Requirement> requirements) {
        this.requirements = requirements;
    }

    public static LabelSelector parse(String text) {
        return text.isBlank() ? EVERYTHING : new LabelSelector(new Parser(text).requirements());
    }

    public boolean isEverything() {
        return requirements.isEmpty();
    }

    public boolean matches(Map<String, String> labels) {
        for (Requirement requirement : requirements) {
            if (!requirement.matches(labels)) {
                return false;
            }
        }
        return true;
    }

    /// Reads the grammar token by token.
    private static final class Parser {
        private final String text;
        private int at;

        Parser(String text) {
            this.text = text;
        }

        List<Requirement> requirements() {
            List<Requirement> result = new ArrayList<>();
            do {
                result.add(requirement());
            } while (accept(","));
            if (peek() != 0) {
                throw error("found '" + word() + "', expected: ',' or 'end of string'");
            }
            return result;
        }

        private Requirement requirement() {
            if (accept("!")) {
                return new Requirement(key(), "!", Set.of());
            }
            String key = key();
            if (accept("==") || accept("!=")) {
                boolean equal = text.charAt(at - 2) == '=';
                return new Requirement(key, equal ? "in" : "notin", Set.of(value()));
            }
            if (accept("=")) {
                return new Requirement(key, "in", Set.of(value()));
            }
            if (accept(">") || accept("<")) {
                String operator = text.substring(at - 1, at);
                return new Requirement(key, operator, Set.of(value()));
            }
            if (peek() == 0 || peek() == ',') {
                return new Requirement(key, "exists", Set.of());
            }
            String operator = word();
            if (!operator.equals("in") && !operator.equals("notin")) {
                throw error("found '" + operator + "', expected: in, notin, =, ==, !=, gt, lt");
            }
            return new Requirement(key, operator, values());
        }

        private Set<String> values() {
            if (!accept("(")) {
                throw error("found '" + word() + "', expected: '('");
            }
            Set<String> values = new HashSet<>();
            do {
                values.add(value());
            } while (accept(","));
            if (!accept(")")) {
                throw error("found '" + word() + "', expected: ',', ')' or identifier");
            }
            return values;
        }

        private String key() {
            String key = word();
            if (key.isEmpty()) {
                throw error("found '" + (peek() == 0 ? "" : peek()) + "', expected: !, identifier, or 'end of string'");
            }
            if (!KEY.matcher(key).matches()) {
                throw error("key: Invalid value: \"" + key + "\": name part must consist of alphanumeric characters,"
                        + " '-', '_' or '.', and must start and end with an alphanumeric character");
            }
            return key;
        }

        private String value() {
            String value = word();
            if (!VALUE.matcher(value).matches()) {
                throw error(
                        "values[0]: Invalid value: \"" + value + "\": a valid label must be an empty string or consist"
                                + " of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric"
                                + " character");
            }
            return value;
        }

        private boolean accept(String symbol) {
            peek();
            if (text.startsWith(symbol, at)) {
                at += symbol.length();
                return true;
            }
            return false;
        }

        private char peek() {
            while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
                at++;
            }
            return at < text.length() ? text.charAt(at) : 0;
        }

        private String word() {
            peek();
            int from = at;
            while (at < text.length() && "=!(),<> \t\r\n".indexOf(text.charAt(at)) < 0) {
                at++;
            }
            return text.substring(from, at);
        }

        private KustomizeException error(String problem) {
            return new KustomizeException("unable to parse requirement: " + problem);
        }
    }
}
