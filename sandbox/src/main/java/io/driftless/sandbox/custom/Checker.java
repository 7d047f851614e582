package io.driftless.sandbox.custom;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.sandbox.custom.cel.CelException;
import io.driftless.sandbox.custom.cel.Patterns;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/// Holds values against a structure and says all that is wrong.
final class Checker {
    private final List<Violation> wrong = new ArrayList<>();

    private Checker() {}

    static List<Violation> check(Structure structure, String path, JsonNode value) {
        Checker checker = new Checker();
        checker.visit(structure, path, value);
        return checker.wrong;
    }

    private void visit(Structure structure, String path, JsonNode value) {
        if (value.isNull() && structure.nullable()) {
            return;
        }
        if (!fits(structure, value)) {
            String wanted = structure.intOrString() ? "integer,string" : structure.type();
            String is = '"' + typeOf(value) + '"';
            wrong.add(Violation.wrongType(path, is, path + " in body must be of type " + wanted + ": " + is));
            misfit(structure, path, value);
            return;
        }
        Checks checks = structure.checks();
        if (!checks.allowed().isEmpty() && checks.allowed().stream().noneMatch(a -> same(a, value))) {
            wrong.add(Violation.unsupported(path, value, checks.allowed()));
        }
        if (value instanceof ObjectNode object) {
            object(structure, path, object);
        } else if (value.isArray()) {
            array(structure, path, value);
        } else if (value.isNumber()) {
            number(checks, path, value);
        } else if (value.isTextual()) {
            text(checks, path, value);
        }
        checks.combined().forEach((how, parts) -> Alternatives.check(how, parts, path, value, wrong));
    }

    /// What is told of a value all the same that is of another type.
    private void misfit(Structure structure, String path, JsonNode value) {
        Checks checks = structure.checks();
        if (structure.type().equals("integer") && value.isNumber()) {
            wrong.add(new Violation(
                    "<nil>",
                    "FieldValueInvalid",
                    "Invalid value: \"\": Checked value must be of type integer "
                            + (checks.format().isEmpty() ? "(default format)" : "with format " + checks.format())
                            + " in " + path));
            bounds(checks, path, value);
        }
        if (!checks.allowed().isEmpty()) {
            wrong.add(Violation.unsupported(path, value, checks.allowed()));
        }
    }

    static boolean fits(Structure structure, JsonNode value) {
        if (structure.intOrString()) {
            return value.isIntegralNumber() || value.isTextual();
        }
        return switch (structure.type()) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isTextual();
            case "integer" -> value.isIntegralNumber() || (value.isNumber() && value.asDouble() == value.asLong());
            case "number" -> value.isNumber();
            case "boolean" -> value.isBoolean();
            default -> true;
        };
    }

    static String typeOf(JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT -> "object";
            case ARRAY -> "array";
            case STRING -> "string";
            case BOOLEAN -> "boolean";
            case NUMBER -> value.isIntegralNumber() ? "integer" : "number";
            case NULL, MISSING, BINARY, POJO -> "null";
        };
    }

    private static boolean same(JsonNode one, JsonNode other) {
        return one.isNumber() && other.isNumber()
                ? one.decimalValue().compareTo(other.decimalValue()) == 0
                : one.equals(other);
    }

    private void object(Structure structure, String path, ObjectNode object) {
        Checks checks = structure.checks();
        if (checks.properties().tooFew(object.size())) {
            wrong.add(Violation.invalid(
                    path,
                    Integer.toString(object.size()),
                    path + " in body should have at least "
                            + checks.properties().least() + " properties"));
        }
        if (checks.properties().tooMany(object.size())) {
            wrong.add(new Violation(
                    path,
                    "FieldValueTooMany",
                    "Too many: " + object.size() + ": must have at most "
                            + checks.properties().most() + " items"));
        }
        for (String name : checks.required()) {
            if (!object.has(name)) {
                wrong.add(Violation.required(below(path, name), ""));
            }
        }
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            Structure field = structure.named(entry.getKey());
            if (field != null) {
                visit(field, below(path, entry.getKey()), entry.getValue());
            }
        }
    }

    static String below(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private void array(Structure structure, String path, JsonNode array) {
        Checks checks = structure.checks();
        if (checks.items().tooFew(array.size())) {
            wrong.add(Violation.invalid(
                    path,
                    Integer.toString(array.size()),
                    path + " in body should have at least " + checks.items().least() + " items"));
        }
        if (checks.items().tooMany(array.size())) {
            wrong.add(Violation.tooMany(
                    path,
                    array.size(),
                    Objects.requireNonNull(checks.items().most()).intValue()));
        }
        boolean set = structure.listType().equals("set") || checks.unique();
        boolean map = structure.listType().equals("map");
        Set<Object> seen = new HashSet<>();
        for (int i = 0; i < array.size(); i++) {
            JsonNode item = array.get(i);
            String at = path + "[" + i + "]";
            if (set && !seen.add(item)) {
                wrong.add(Violation.duplicate(at, item));
            } else if (map && !seen.add(key(structure, item))) {
                wrong.add(Violation.duplicate(at, key(structure, item)));
            }
            if (structure.items() != null) {
                visit(structure.items(), at, item);
            }
        }
    }

    static JsonNode key(Structure list, JsonNode item) {
        ObjectNode key = com.fasterxml.jackson.databind.node.JsonNodeFactory.instance.objectNode();
        list.keys().forEach(name -> key.set(name, item.path(name).isMissingNode() ? null : item.path(name)));
        return key;
    }

    private void number(Checks checks, String path, JsonNode value) {
        bounds(checks, path, value);
        if (!Formats.fits(checks.format(), value)) {
            wrong.add(new Violation(
                    "<nil>",
                    "FieldValueInvalid",
                    "Invalid value: \"\": Checked value must be of type integer with format " + checks.format() + " in "
                            + path));
        }
    }

    private void bounds(Checks checks, String path, JsonNode value) {
        BigDecimal number = value.decimalValue();
        if (checks.number().tooSmall(number)) {
            String than = checks.number().above() ? "greater than " : "greater than or equal to ";
            wrong.add(Violation.invalid(
                    path,
                    value,
                    path + " in body should be " + than + plain(checks.number().least())));
        }
        if (checks.number().tooLarge(number)) {
            String than = checks.number().below() ? "less than " : "less than or equal to ";
            wrong.add(Violation.invalid(
                    path,
                    value,
                    path + " in body should be " + than + plain(checks.number().most())));
        }
        BigDecimal factor = checks.multipleOf();
        if (factor != null && factor.signum() != 0 && number.remainder(factor).signum() != 0) {
            wrong.add(Violation.invalid(path, value, path + " in body should be a multiple of " + plain(factor)));
        }
    }

    private static String plain(@org.jspecify.annotations.Nullable BigDecimal number) {
        return Objects.requireNonNull(number).stripTrailingZeros().toPlainString();
    }

    private void text(Checks checks, String path, JsonNode value) {
        String text = value.asText();
        int length = text.codePointCount(0, text.length());
        if (checks.length().tooFew(length)) {
            wrong.add(Violation.invalid(
                    path,
                    value,
                    path + " in body should be at least " + checks.length().least() + " chars long"));
        } else if (checks.length().tooMany(length)) {
            wrong.add(Violation.tooLong(
                    path, Objects.requireNonNull(checks.length().most()).intValue()));
        }
        Pattern pattern = checks.pattern();
        if (pattern != null && !found(pattern, text)) {
            wrong.add(Violation.invalid(path, value, path + " in body should match '" + pattern.pattern() + "'"));
        }
        if (!Formats.fits(checks.format(), value)) {
            wrong.add(Violation.wrongType(
                    path, value.toString(), path + " in body must be of type " + checks.format() + ": " + value));
        }
    }

    private static boolean found(Pattern pattern, String text) {
        try {
            return Patterns.found(pattern, text);
        } catch (CelException e) {
            return false;
        }
    }
}
