package io.driftless.sandbox.custom.cel;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Formats by name.
final class FormatFunctions {
    private static final String SELF = "kubernetes.NamedFormat";
    static final List<Function> ALL = all();

    private FormatFunctions() {}

    private static List<Function> all() {
        List<Function> out = new ArrayList<>();
        NamedFormat.ALL.forEach(
                (name, format) -> out.add(Function.of("format." + name + "(): " + SELF, (_, _) -> format)));
        out.add(Function.one(
                "format.named(string): optional(" + SELF + ")",
                name -> Optional.ofNullable(NamedFormat.ALL.get((String) name))));
        out.add(Function.of(SELF + "::validate(string): optional(list(string))", (a, steps) -> {
            steps.characters(((String) a[1]).length());
            List<String> wrong = ((NamedFormat) a[0]).check().wrong((String) a[1]);
            return wrong.isEmpty() ? Optional.empty() : Optional.of(wrong);
        }));
        return List.copyOf(out);
    }
}
