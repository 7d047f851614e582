package io.driftless.sandbox.custom.cel;

import java.util.List;

/// Semantic versions.
final class SemverFunctions {
    private static final String SELF = "kubernetes.Semver";

    static final List<Function> ALL = List.of(
            Function.one("semver(string): " + SELF, text -> Semver.read((String) text)),
            Function.two("semver(string, bool): " + SELF, SemverFunctions::read),
            Function.one("isSemver(string): bool", text -> Foreigners.isOne(() -> Semver.read((String) text))),
            Function.two(
                    "isSemver(string, bool): bool", (text, tolerant) -> Foreigners.isOne(() -> read(text, tolerant))),
            Function.two(SELF + "::isGreaterThan(" + SELF + "): bool", (a, b) -> compared(a, b) > 0),
            Function.two(SELF + "::isLessThan(" + SELF + "): bool", (a, b) -> compared(a, b) < 0),
            Function.two(SELF + "::compareTo(" + SELF + "): int", (a, b) -> (long) compared(a, b)),
            Function.one(
                    SELF + "::major(): int",
                    version -> ((Semver) version).major().bits()),
            Function.one(
                    SELF + "::minor(): int",
                    version -> ((Semver) version).minor().bits()),
            Function.one(
                    SELF + "::patch(): int",
                    version -> ((Semver) version).patch().bits()));

    private SemverFunctions() {}

    private static Semver read(Object text, Object tolerant) {
        return (Boolean) tolerant ? Semver.tolerant((String) text) : Semver.read((String) text);
    }

    private static int compared(Object one, Object other) {
        return ((Semver) one).compareTo((Semver) other);
    }
}
