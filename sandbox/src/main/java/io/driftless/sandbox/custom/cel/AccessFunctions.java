package io.driftless.sandbox.custom.cel;

import java.util.ArrayList;
import java.util.List;

/// Functions that ask who may do what. Rules of definitions have nothing to ask them about, so that
/// they are known by name alone.
final class AccessFunctions {
    static final List<Function> ALL = all();

    private AccessFunctions() {}

    private static List<Function> all() {
        List<Function> out = new ArrayList<>();
        for (String signature : List.of(
                "Authorizer::path(string): PathCheck",
                "Authorizer::group(string): GroupCheck",
                "Authorizer::serviceAccount(string, string): Authorizer",
                "GroupCheck::resource(string): ResourceCheck",
                "ResourceCheck::subresource(string): ResourceCheck",
                "ResourceCheck::namespace(string): ResourceCheck",
                "ResourceCheck::name(string): ResourceCheck",
                "ResourceCheck::fieldSelector(string): ResourceCheck",
                "ResourceCheck::labelSelector(string): ResourceCheck",
                "PathCheck::check(string): Decision",
                "ResourceCheck::check(string): Decision",
                "Decision::allowed(): bool",
                "Decision::reason(): string",
                "Decision::errored(): bool",
                "Decision::error(): string")) {
            String named = signature.replaceAll("\\b([A-Z][A-Za-z]+)", "kubernetes.authorization.$1");
            out.add(Function.of(named, (_, _) -> {
                throw Values.noOverload();
            }));
        }
        return List.copyOf(out);
    }
}
