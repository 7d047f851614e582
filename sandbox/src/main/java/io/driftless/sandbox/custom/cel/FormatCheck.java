package io.driftless.sandbox.custom.cel;

import io.driftless.sandbox.custom.cel.CelException.Problem;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Holds the clauses of a format against the types of the values that it is given.
final class FormatCheck {
    private static final Set<String> WHOLE = Set.of("int", "uint");
    private static final Set<String> REAL = Set.of("double", "string");
    private static final Set<String> BINARY = Set.of("int", "uint", "bool");
    private static final Set<String> HEX = Set.of("int", "uint", "string", "bytes");
    private static final Set<String> TEXT = Set.of(
            "list",
            "map",
            "int",
            "uint",
            "double",
            "bool",
            "string",
            "google.protobuf.Timestamp",
            "bytes",
            "google.protobuf.Duration",
            "type",
            "null_type");
    private final Map<Node, Type> types;
    private final List<Problem> problems;

    FormatCheck(Map<Node, Type> types, List<Problem> problems) {
        this.types = types;
        this.problems = problems;
    }

    void check(String format, Node.ListOf values, int at) {
        int count = values.items().size();
        int next = 0;
        try {
            FormatClauses clauses = new FormatClauses(format);
            while (clauses.more()) {
                if (clauses.isPlain()) {
                    var _ = clauses.plain();
                    continue;
                }
                FormatClauses.Clause clause = clauses.clause();
                if (next >= count) {
                    throw new CelException("index " + next + " out of range");
                }
                clause(clause.letter(), values.items().get(next++));
            }
        } catch (CelException e) {
            int place = e.isPlaced() ? e.problems().getFirst().at() : at;
            problems.add(new Problem(String.valueOf(e.getMessage()), place));
            return;
        }
        if (count > next) {
            problems.add(new Problem(
                    "too many arguments supplied to string.format (expected " + next + ", got " + count + ")", at));
        }
    }

    private void clause(char letter, Node value) {
        Node wrong = letter == 's' ? unprintable(value) : fits(value, allowed(letter)) ? null : value;
        if (wrong != null) {
            String type = types.getOrDefault(wrong, Type.DYN).name();
            throw new CelException("error during formatting: " + told(letter) + type, wrong.at());
        }
    }

    private boolean fits(Node value, Set<String> allowed) {
        Type type = types.getOrDefault(value, Type.DYN);
        return type.equals(Type.DYN) || type.fields() == null && allowed.contains(type.name());
    }

    /// The part of a value that cannot be shown; null where all can.
    private @Nullable Node unprintable(Node value) {
        if (!fits(value, TEXT)) {
            return value;
        }
        if (value instanceof Node.ListOf || value instanceof Node.MapOf) {
            for (Node part : Node.parts(value)) {
                Node wrong = unprintable(part);
                if (wrong != null) {
                    return wrong;
                }
            }
        }
        return null;
    }

    private static Set<String> allowed(char letter) {
        return switch (letter) {
            case 'd', 'o' -> WHOLE;
            case 'f', 'e' -> REAL;
            case 'b' -> BINARY;
            default -> HEX;
        };
    }

    private static String told(char letter) {
        return switch (letter) {
            case 'd' -> "decimal clause can only be used on integers, was given ";
            case 'o' -> "octal clause can only be used on integers, was given ";
            case 'f' -> "fixed-point clause can only be used on doubles, was given ";
            case 'e' -> "scientific clause can only be used on doubles, was given ";
            case 'b' -> "only integers and bools can be formatted as binary, was given ";
            case 's' -> TextFormat.STRINGS;
            default -> "only integers, byte buffers, and strings can be formatted as hex, was given ";
        };
    }
}
