package io.driftless.sandbox;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Why a strategic patch does not fit the type of its object: the real server reads its result in another way than a
/// body, and says so in other words.
final class PatchWords {
    private static final Pattern MISFIT =
            Pattern.compile("json: cannot unmarshal (\\w+) into Go (?:struct field \\S+|value) of type (\\S+)");
    private static final Pattern PLAIN = Pattern.compile("string|bool|u?int\\d*|float\\d+");

    private PatchWords() {}

    static String of(String why) {
        Matcher misfit = MISFIT.matcher(why);
        return misfit.matches() ? words(misfit.group(1), misfit.group(2)) : why;
    }

    private static String words(String given, String wanted) {
        String from = given.equals("number") ? "int64" : given;
        if (wanted.startsWith("[]")) {
            return "cannot restore slice from " + from;
        }
        if (wanted.startsWith("map[")) {
            return "cannot restore map from " + from;
        }
        if (PLAIN.matcher(wanted).matches()) {
            return from.equals("int64") && wanted.equals("string")
                    ? "cannot convert int64 to string"
                    : "unrecognized type: " + wanted;
        }
        return switch (from) {
            case "string" -> "cannot restore struct from: string";
            case "int64" -> "cannot convert int64 to " + wanted;
            default -> "unrecognized type: string";
        };
    }
}
