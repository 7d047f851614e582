package io.driftless.sandbox.custom.cel;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A semantic version; what it was built from does not count.
///
/// @param before the parts of what comes before a release
record Semver(Unsigned major, Unsigned minor, Unsigned patch, List<Object> before)
        implements Values.Foreign, Comparable<Semver> {
    private static final String ALLOWED = "[0-9A-Za-z-]+";

    /// @throws CelException where it is none
    static Semver read(String text) {
        if (text.isEmpty()) {
            throw new CelException("Version string empty");
        }
        String[] parts = text.split("\\.", 3);
        if (parts.length < 3) {
            throw new CelException("No Major.Minor.Patch elements found");
        }
        Unsigned major = number("major", "Major", parts[0]);
        Unsigned minor = number("minor", "Minor", parts[1]);
        int plus = parts[2].indexOf('+');
        String unbuilt = plus < 0 ? parts[2] : parts[2].substring(0, plus);
        int dash = unbuilt.indexOf('-');
        Unsigned patch = number("patch", "Patch", dash < 0 ? unbuilt : unbuilt.substring(0, dash));
        List<Object> before = dash < 0
                ? List.of()
                : Arrays.stream(unbuilt.substring(dash + 1).split("\\.", -1))
                        .map(Semver::part)
                        .toList();
        if (plus >= 0) {
            Arrays.stream(parts[2].substring(plus + 1).split("\\.", -1)).forEach(Semver::built);
        }
        return new Semver(major, minor, patch, before);
    }

    /// The same for what is nearly one: `v1.02`.
    static Semver tolerant(String text) {
        String[] parts = text.replaceFirst("^v", "").split("\\.", 3);
        for (int i = 0; i < parts.length; i++) {
            String stripped = parts[i].replaceFirst("^0+", "");
            boolean digit = !stripped.isEmpty() && stripped.charAt(0) >= '0' && stripped.charAt(0) <= '9';
            parts[i] = parts[i].length() < 2 || digit ? (parts[i].length() < 2 ? parts[i] : stripped) : "0" + stripped;
        }
        String last = parts[parts.length - 1];
        if (parts.length < 3 && (last.contains("+") || last.contains("-"))) {
            throw new CelException("short version cannot contain PreRelease/Build meta data");
        }
        return read(String.join(".", parts) + ".0".repeat(3 - parts.length));
    }

    private static Unsigned number(String name, String title, String text) {
        if (!text.matches("[0-9]*")) {
            throw new CelException("Invalid character(s) found in " + name + " number " + TextFormat.quoted(text));
        }
        if (text.length() > 1 && text.startsWith("0")) {
            throw new CelException(title + " number must not contain leading zeroes " + TextFormat.quoted(text));
        }
        return unsigned(text);
    }

    private static Unsigned unsigned(String text) {
        try {
            return new Unsigned(Long.parseUnsignedLong(text));
        } catch (NumberFormatException e) {
            String why = text.isEmpty() ? "invalid syntax" : "value out of range";
            throw new CelException("strconv.ParseUint: parsing " + TextFormat.quoted(text) + ": " + why);
        }
    }

    private static Object part(String text) {
        if (text.isEmpty()) {
            throw new CelException("Prerelease is empty");
        }
        if (text.matches("[0-9]+")) {
            if (text.length() > 1 && text.startsWith("0")) {
                throw new CelException(
                        "Numeric PreRelease version must not contain leading zeroes " + TextFormat.quoted(text));
            }
            return unsigned(text);
        }
        if (!text.matches(ALLOWED)) {
            throw new CelException("Invalid character(s) found in prerelease " + TextFormat.quoted(text));
        }
        return text;
    }

    private static void built(String text) {
        if (text.isEmpty()) {
            throw new CelException("Build meta data is empty");
        }
        if (!text.matches(ALLOWED)) {
            throw new CelException("Invalid character(s) found in build meta data " + TextFormat.quoted(text));
        }
    }

    @Override
    public String type() {
        return "kubernetes.Semver";
    }

    @Override
    public int compareTo(Semver other) {
        int numbers = major.compareTo(other.major);
        numbers = numbers == 0 ? minor.compareTo(other.minor) : numbers;
        numbers = numbers == 0 ? patch.compareTo(other.patch) : numbers;
        if (numbers != 0) {
            return Integer.signum(numbers);
        }
        if (before.isEmpty() || other.before.isEmpty()) {
            return Boolean.compare(before.isEmpty(), other.before.isEmpty());
        }
        for (int i = 0; i < Math.min(before.size(), other.before.size()); i++) {
            int parts = compare(before.get(i), other.before.get(i));
            if (parts != 0) {
                return Integer.signum(parts);
            }
        }
        return Integer.compare(before.size(), other.before.size());
    }

    private static int compare(Object one, Object other) {
        if (one instanceof Unsigned a && other instanceof Unsigned b) {
            return a.compareTo(b);
        }
        return one instanceof String a && other instanceof String b ? a.compareTo(b) : one instanceof Unsigned ? -1 : 1;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Semver that && compareTo(that) == 0;
    }

    @Override
    public int hashCode() {
        return List.of(major, minor, patch, before).hashCode();
    }
}
