package io.driftless.sandbox.custom.cel;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Values that may be none. What `or` and `orValue` give is found where they are evaluated.
final class OptionalFunctions {
    private static final OffsetDateTime BEGINNING = OffsetDateTime.parse("0001-01-01T00:00:00Z");

    static final List<Function> ALL = List.of(
            Function.one("optional.of(V): optional(V)", Optional::of),
            Function.one(
                    "optional.ofNonZeroValue(V): optional(V)",
                    value -> isNothing(value) ? Optional.empty() : Optional.of(value)),
            Function.of("optional.none(): optional(V)", (_, _) -> Optional.empty()),
            Function.of(
                    "optional.unwrap(list(optional(V))): list(V)", (arguments, steps) -> unwrapped(arguments, steps)),
            Function.of("list(optional(V))::unwrapOpt(): list(V)", (arguments, steps) -> unwrapped(arguments, steps)),
            Function.one("optional(V)::value(): V", OptionalFunctions::value),
            Function.one("optional(V)::hasValue(): bool", optional -> ((Optional<?>) optional).isPresent()),
            Function.two("optional(V)::or(optional(V)): optional(V)", (one, _) -> one),
            Function.two("optional(V)::orValue(V): V", (one, _) -> one),
            Function.one(
                    "list(V)::first(): optional(V)",
                    list -> ((List<?>) list).isEmpty() ? Optional.empty() : Optional.of(((List<?>) list).getFirst())),
            Function.one(
                    "list(V)::last(): optional(V)",
                    list -> ((List<?>) list).isEmpty() ? Optional.empty() : Optional.of(((List<?>) list).getLast())));

    private OptionalFunctions() {}

    private static Object value(Object optional) {
        return ((Optional<?>) optional)
                .<Object>map(value -> value)
                .orElseThrow(() -> new CelException("optional.none() dereference"));
    }

    private static Object unwrapped(Object[] arguments, Steps steps) {
        List<?> list = (List<?>) arguments[0];
        steps.items(list.size());
        List<Object> out = new ArrayList<>();
        for (Object item : list) {
            if (!(item instanceof Optional<?> optional)) {
                throw new CelException("value " + TextFormat.plain(item) + " is not optional");
            }
            optional.ifPresent(out::add);
        }
        return out;
    }

    private static boolean isNothing(Object value) {
        return switch (value) {
            case Long number -> number == 0;
            case Unsigned number -> number.bits() == 0;
            case Double number -> number == 0;
            case Boolean flag -> !flag;
            case Duration duration -> duration.isZero();
            case OffsetDateTime time -> time.isEqual(BEGINNING);
            case Optional<?> optional -> optional.isEmpty();
            case String text -> text.isEmpty();
            case Bytes bytes -> bytes.size() == 0;
            case List<?> list -> list.isEmpty() && !(list instanceof MergedList);
            case java.util.Map<?, ?> map -> map.isEmpty();
            default -> value.equals(Values.NULL);
        };
    }
}
