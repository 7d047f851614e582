package io.driftless.sandbox;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Which version of a group clients prefer: stable ones before beta before alpha, higher before lower, and names of
/// another form last, in their alphabetical order.
final class VersionOrder {
    private static final Pattern VERSION = Pattern.compile("v([1-9][0-9]{0,8})(?:(alpha|beta)([1-9][0-9]{0,8}))?");

    static final Comparator<String> PREFERRED_FIRST = Comparator.comparing(VersionOrder::rank)
            .thenComparing(VersionOrder::major, Comparator.reverseOrder())
            .thenComparing(VersionOrder::minor, Comparator.reverseOrder())
            .thenComparing(Comparator.naturalOrder());

    private VersionOrder() {}

    private static int rank(String version) {
        Matcher parts = VERSION.matcher(version);
        if (!parts.matches()) {
            return 3;
        }
        return parts.group(2) == null ? 0 : parts.group(2).equals("beta") ? 1 : 2;
    }

    private static int major(String version) {
        Matcher parts = VERSION.matcher(version);
        return parts.matches() ? Integer.parseInt(parts.group(1)) : 0;
    }

    private static int minor(String version) {
        Matcher parts = VERSION.matcher(version);
        return parts.matches() && parts.group(3) != null ? Integer.parseInt(parts.group(3)) : 0;
    }
}
