package io.driftless.sandbox.custom;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// Names of kinds, versions and the like, which are labels that begin with a letter.
final class Labels1035 {
    private static final int LONGEST = 63;
    private static final Pattern LABEL = Pattern.compile("[a-z]([-a-z0-9]*[a-z0-9])?");
    private static final String RULE =
            "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic"
                    + " character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for"
                    + " validation is '[a-z]([-a-z0-9]*[a-z0-9])?')";

    private Labels1035() {}

    /// Adds what is wrong with a name.
    static void check(String path, String name, List<Violation> wrong) {
        String why = why(name);
        if (!why.isEmpty()) {
            wrong.add(Violation.invalid(path, Quoted.text(name), why));
        }
    }

    /// The same for a name that may have capital letters.
    static void mixed(String path, String name, List<Violation> wrong) {
        String why = why(name.toLowerCase(Locale.ROOT));
        if (!why.isEmpty()) {
            wrong.add(Violation.invalid(
                    path, Quoted.text(name), "may have mixed case, but should otherwise match: " + why));
        }
    }

    private static String why(String name) {
        List<String> reasons = new ArrayList<>();
        if (name.length() > LONGEST) {
            reasons.add("must be no more than " + LONGEST + " characters");
        }
        if (!LABEL.matcher(name).matches()) {
            reasons.add(RULE);
        }
        return String.join(",", reasons);
    }
}
