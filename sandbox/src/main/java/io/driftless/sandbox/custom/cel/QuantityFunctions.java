package io.driftless.sandbox.custom.cel;

import java.math.BigDecimal;
import java.util.List;

/// Quantities of resources.
final class QuantityFunctions {
    static final List<Function> ALL = List.of(
            Function.one("quantity(string): kubernetes.Quantity", text -> Quantity.read((String) text)),
            Function.one("isQuantity(string): bool", text -> Foreigners.isOne(() -> Quantity.read((String) text))),
            Function.one("sign(kubernetes.Quantity): int", quantity ->
                    (long) number(quantity).signum()),
            Function.two("kubernetes.Quantity::isGreaterThan(kubernetes.Quantity): bool", (a, b) -> compared(a, b) > 0),
            Function.two("kubernetes.Quantity::isLessThan(kubernetes.Quantity): bool", (a, b) -> compared(a, b) < 0),
            Function.two("kubernetes.Quantity::compareTo(kubernetes.Quantity): int", (a, b) -> (long) compared(a, b)),
            Function.one(
                    "kubernetes.Quantity::asApproximateFloat(): double",
                    a -> number(a).doubleValue()),
            Function.one("kubernetes.Quantity::asInteger(): int", a -> ((Quantity) a).integer()),
            Function.one("kubernetes.Quantity::isInteger(): bool", a -> ((Quantity) a).isInteger()),
            Function.two(
                    "kubernetes.Quantity::add(kubernetes.Quantity): kubernetes.Quantity",
                    (a, b) -> ((Quantity) a).plus((Quantity) b)),
            Function.two("kubernetes.Quantity::add(int): kubernetes.Quantity", (a, b) -> ((Quantity) a).plus(whole(b))),
            Function.two(
                    "kubernetes.Quantity::sub(kubernetes.Quantity): kubernetes.Quantity",
                    (a, b) -> ((Quantity) a).plus(((Quantity) b).negated())),
            Function.two(
                    "kubernetes.Quantity::sub(int): kubernetes.Quantity",
                    (a, b) -> ((Quantity) a).plus(whole(b).negated())));

    private QuantityFunctions() {}

    private static BigDecimal number(Object quantity) {
        return ((Quantity) quantity).number();
    }

    private static int compared(Object one, Object other) {
        return number(one).compareTo(number(other));
    }

    private static Quantity whole(Object number) {
        return new Quantity(BigDecimal.valueOf((Long) number), true);
    }
}
