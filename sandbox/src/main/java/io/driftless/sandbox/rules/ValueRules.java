package io.driftless.sandbox.rules;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.sandbox.custom.Violation;
import java.util.List;
import java.util.regex.Pattern;

/// Rules of single values that many kinds share.
public final class ValueRules {
    static final String PORT_RANGE = "must be between 1 and 65535, inclusive";
    private static final Pattern PERCENT = Pattern.compile("[0-9]{1,9}%");
    private static final Pattern PORT_NAME = Pattern.compile("[-a-z0-9]*");
    private static final int LONGEST_PORT_NAME = 15;

    private ValueRules() {}

    /// The name of a port.
    static void portName(String field, String name, List<Violation> out) {
        if (name.length() > LONGEST_PORT_NAME) {
            out.add(Names.invalid(field, name, "must be no more than " + LONGEST_PORT_NAME + " characters"));
        }
        if (!PORT_NAME.matcher(name).matches()) {
            out.add(Names.invalid(
                    field, name, "must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)"));
        }
        if (name.chars().noneMatch(c -> c >= 'a' && c <= 'z')) {
            out.add(Names.invalid(field, name, "must contain at least one letter (a-z)"));
        }
        if (name.contains("--")) {
            out.add(Names.invalid(field, name, "must not contain consecutive hyphens"));
        }
        if (name.startsWith("-") || name.endsWith("-")) {
            out.add(Names.invalid(field, name, "must not begin or end with a hyphen"));
        }
    }

    static void portNumber(String field, int port, List<Violation> out) {
        if (port < 1 || port > 65_535) {
            out.add(Violation.invalid(field, Integer.toString(port), PORT_RANGE));
        }
    }

    /// A number from 0 on, or a percentage up to 100; what is missing is neither.
    static void share(String field, JsonNode value, List<Violation> out) {
        if (value.isTextual()) {
            String text = value.asText();
            if (!PERCENT.matcher(text).matches()) {
                out.add(Names.invalid(
                        field,
                        text,
                        "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or"
                                + " '93%', regex used for validation is '[0-9]+%')"));
            } else if (Integer.parseInt(text.substring(0, text.length() - 1)) > 100) {
                out.add(Names.invalid(field, text, "must not be greater than 100%"));
            }
        } else {
            notNegative(field, value, out);
        }
    }

    static void notNegative(String field, JsonNode value, List<Violation> out) {
        if (value.asLong() < 0) {
            out.add(Violation.invalid(field, value, "must be greater than or equal to 0"));
        }
    }

    /// A number that is there, between bounds.
    static void between(
            String field, JsonNode value, int lowest, int highest, String low, String high, List<Violation> out) {
        if (!value.isMissingNode() && value.asInt() < lowest) {
            out.add(Violation.invalid(field, value, low));
        } else if (value.asInt() > highest) {
            out.add(Violation.invalid(field, value, high));
        }
    }

    /// A name that can stand in a path.
    static void segment(String field, JsonNode name, List<Violation> out) {
        String text = name.asText();
        if (text.isEmpty()) {
            out.add(Violation.required(field, ""));
        } else if (text.equals(".") || text.equals("..")) {
            out.add(Names.invalid(field, text, "may not be '" + text + "'"));
        } else {
            for (String part : List.of("/", "%")) {
                if (text.contains(part)) {
                    out.add(Names.invalid(field, text, "may not contain '" + part + "'"));
                }
            }
        }
    }

    /// The name of an object whose kind allows what a domain may be called.
    static void subdomain(String field, JsonNode name, List<Violation> out) {
        String text = name.asText();
        if (text.length() > 253) {
            out.add(Names.invalid(field, text, "must be no more than 253 characters"));
        }
        if (!Names.subdomain(text)) {
            out.add(Names.invalid(field, text, Names.NOT_SUBDOMAIN));
        }
    }

    static void label(String field, JsonNode name, List<Violation> out) {
        String text = name.asText();
        if (text.length() > 63) {
            out.add(Names.invalid(field, text, "must be no more than 63 characters"));
        }
        if (!Names.label(text)) {
            out.add(Names.invalid(field, text, Names.NOT_LABEL));
        }
    }
}
