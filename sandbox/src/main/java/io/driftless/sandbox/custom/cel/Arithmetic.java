package io.driftless.sandbox.custom.cel;

import java.util.ArrayList;
import java.util.List;

/// Operators whose both sides count.
final class Arithmetic {
    private Arithmetic() {}

    static Object of(String operator, Object left, Object right) {
        return switch (operator) {
            case "==" -> Values.same(left, right);
            case "!=" -> !Values.same(left, right);
            case "<" -> Values.compare(left, right) < 0;
            case "<=" -> Values.compare(left, right) <= 0;
            case ">" -> Values.compare(left, right) > 0;
            case ">=" -> Values.compare(left, right) >= 0;
            case "in" -> Values.range(right).stream().anyMatch(item -> Values.same(item, left));
            case "+" -> plus(left, right);
            default -> number(operator, left, right);
        };
    }

    private static Object plus(Object left, Object right) {
        if (left instanceof String a && right instanceof String b) {
            return a + b;
        }
        if (left instanceof List<?> a && right instanceof List<?> b) {
            List<Object> out = new ArrayList<>(a);
            out.addAll(b);
            return out;
        }
        return number("+", left, right);
    }

    private static Object number(String operator, Object left, Object right) {
        if (left instanceof Long a && right instanceof Long b) {
            try {
                return whole(operator, a, b);
            } catch (ArithmeticException e) {
                throw new CelException(b == 0 ? "division by zero" : "integer overflow");
            }
        }
        boolean nought = left instanceof Long none && none == 0;
        if ((left instanceof Double || nought) && right instanceof Double b) {
            double a = ((Number) left).doubleValue();
            return switch (operator) {
                case "+" -> a + b;
                case "-" -> a - b;
                case "*" -> a * b;
                case "/" -> a / b;
                default -> throw Values.noOverload(operator);
            };
        }
        throw Values.noOverload(operator);
    }

    private static long whole(String operator, long a, long b) {
        return switch (operator) {
            case "+" -> Math.addExact(a, b);
            case "-" -> Math.subtractExact(a, b);
            case "*" -> Math.multiplyExact(a, b);
            case "/" -> a / b;
            case "%" -> a % b;
            default -> throw Values.noOverload(operator);
        };
    }
}
