package io.driftless.sandbox.custom.cel;

import java.math.BigInteger;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Operators whose both sides count.
final class Arithmetic {
    private Arithmetic() {}

    static Object of(String operator, Object left, Object right, Steps steps) {
        if (left instanceof String a && right instanceof String b) {
            steps.characters(Math.min(a.length(), b.length()));
        }
        return switch (operator) {
            case "==" -> Values.same(left, right, steps);
            case "!=" -> !Values.same(left, right, steps);
            case "<" -> Values.compare(left, right) < 0;
            case "<=" -> Values.compare(left, right) <= 0;
            case ">" -> Values.compare(left, right) > 0;
            case ">=" -> Values.compare(left, right) >= 0;
            case "in" -> in(left, right, steps);
            case "+" -> plus(left, right, steps);
            default -> number(operator, left, right);
        };
    }

    static Object negated(Object value) {
        return switch (value) {
            case Long number when number != Long.MIN_VALUE -> -number;
            case Long _ -> throw new CelException("integer overflow");
            case Double number -> -number;
            default -> throw Values.noOverload();
        };
    }

    static boolean in(Object item, Object range, Steps steps) {
        if (range instanceof List<?> list) {
            for (Object other : list) {
                if (Values.same(other, item, steps)) {
                    return true;
                }
            }
            return false;
        }
        if (!(range instanceof Map<?, ?>) && !(range instanceof Part)) {
            throw Values.noOverload();
        }
        return Lookups.find(range, item).isPresent();
    }

    private static Object plus(Object left, Object right, Steps steps) {
        if (left instanceof String a && right instanceof String b) {
            steps.characters((long) a.length() + b.length());
            return a + b;
        }
        if (left instanceof List<?> a && right instanceof List<?> b) {
            steps.items((long) a.size() + b.size());
            return joined(a, b);
        }
        if (left instanceof Bytes a && right instanceof Bytes b) {
            steps.characters((long) a.size() + b.size());
            byte[] both = java.util.Arrays.copyOf(a.bytes(), a.size() + b.size());
            System.arraycopy(b.bytes(), 0, both, a.size(), b.size());
            return new Bytes(both);
        }
        return number("+", left, right);
    }

    private static List<?> joined(List<?> left, List<?> right) {
        if (left instanceof MergedList merged) {
            return merged.plus(right);
        }
        List<Object> out = new ArrayList<>(left);
        out.addAll(right);
        return out;
    }

    private static Object number(String operator, Object left, Object right) {
        if (left instanceof Long a && right instanceof Long b) {
            try {
                return whole(operator, a, b);
            } catch (ArithmeticException e) {
                throw new CelException(b == 0 ? byNought(operator) : "integer overflow");
            }
        } else if (left instanceof Double a && right instanceof Double b) {
            return real(operator, a, b);
        } else if (left instanceof Unsigned a && right instanceof Unsigned b) {
            return unsigned(operator, a, b);
        }
        return time(operator, left, right);
    }

    private static String byNought(String operator) {
        return operator.equals("%") ? "modulus by zero" : "division by zero";
    }

    private static long whole(String operator, long a, long b) {
        return switch (operator) {
            case "+" -> Math.addExact(a, b);
            case "-" -> Math.subtractExact(a, b);
            case "*" -> Math.multiplyExact(a, b);
            case "/" -> Math.divideExact(a, b);
            case "%" -> remainder(a, b);
            default -> throw Values.noOverload();
        };
    }

    private static long remainder(long a, long b) {
        if (a == Long.MIN_VALUE && b == -1) {
            throw new ArithmeticException();
        }
        return a % b;
    }

    private static double real(String operator, double a, double b) {
        return switch (operator) {
            case "+" -> a + b;
            case "-" -> a - b;
            case "*" -> a * b;
            case "/" -> a / b;
            default -> throw Values.noOverload();
        };
    }

    private static Object unsigned(String operator, Unsigned left, Unsigned right) {
        BigInteger a = left.number();
        BigInteger b = right.number();
        if (b.signum() == 0 && (operator.equals("/") || operator.equals("%"))) {
            throw new CelException(byNought(operator));
        }
        return Unsigned.of(
                switch (operator) {
                    case "+" -> a.add(b);
                    case "-" -> a.subtract(b);
                    case "*" -> a.multiply(b);
                    case "/" -> a.divide(b);
                    case "%" -> a.mod(b);
                    default -> throw Values.noOverload();
                });
    }

    private static Object time(String operator, Object left, Object right) {
        boolean plus = operator.equals("+");
        if (!plus && !operator.equals("-")) {
            throw Values.noOverload();
        }
        return switch (left) {
            case Duration a when right instanceof Duration b -> GoDurations.checked(plus ? a.plus(b) : a.minus(b));
            case Duration a when right instanceof OffsetDateTime b && plus -> Moments.plus(b, a);
            case OffsetDateTime a when right instanceof Duration b -> Moments.plus(a, plus ? b : b.negated());
            case OffsetDateTime a
            when right instanceof OffsetDateTime b && !plus ->
                GoDurations.checked(Duration.between(b.toInstant(), a.toInstant()));
            default -> throw Values.noOverload();
        };
    }
}
