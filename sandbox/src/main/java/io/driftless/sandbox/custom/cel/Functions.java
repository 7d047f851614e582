package io.driftless.sandbox.custom.cel;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The functions that are known, by name.
final class Functions {
    private static final Map<String, List<Function>> NAMED = Stream.of(
                    Operators.ALL,
                    Conversions.ALL,
                    CoreFunctions.ALL,
                    TimeFunctions.ALL,
                    TextFunctions.ALL,
                    PatternFunctions.ALL,
                    ListFunctions.ALL,
                    SetFunctions.ALL,
                    OptionalFunctions.ALL,
                    QuantityFunctions.ALL,
                    UrlFunctions.ALL,
                    AddressFunctions.ALL,
                    SemverFunctions.ALL,
                    FormatFunctions.ALL,
                    AccessFunctions.ALL)
            .flatMap(List::stream)
            .collect(Collectors.groupingBy(Function::name));

    private Functions() {}

    static List<Function> named(String name) {
        return NAMED.getOrDefault(name, List.of());
    }

    static boolean exists(String name) {
        return NAMED.containsKey(name);
    }

    /// @throws CelException where there is none for these values
    static Object call(String name, boolean method, Object[] arguments, Steps steps) {
        for (Object argument : arguments) {
            steps.characters(argument instanceof String text ? text.length() : 0);
        }
        for (Function function : named(name)) {
            if (function.method() == method && function.takes(arguments)) {
                return function.body().apply(arguments, steps);
            }
        }
        if (CoreFunctions.UNGUARDED.contains(name)) {
            throw Values.noOverload();
        }
        String types = Arrays.stream(arguments).map(Values::typeName).collect(Collectors.joining(", ", "(", ")"));
        throw new CelException("no such overload: " + name + (name.equals("size") ? "" : types));
    }
}
