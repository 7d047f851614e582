package io.driftless.sandbox;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Why a strategic patch does not fit the type of its object: the real server reads its result in another way than a
/// body, and says so in other words.
final class PatchWords {
    private static final Pattern MISFIT = Pattern.compile(
            "json: cannot unmarshal (\\w+)(?: (\\S+))? into Go (?:struct field \\S+|value) of type (\\S+)");
    private static final Pattern PLAIN = Pattern.compile("string|bool|u?int\\d*|float\\d+");

    private PatchWords() {}

    static String of(String why) {
        Matcher misfit = MISFIT.matcher(why);
        if (misfit.matches()) {
            return words(given(misfit.group(1), misfit.group(2)), misfit.group(3));
        }
        return why.startsWith("illegal base64") ? "error decoding from json: " + why : why;
    }

    /// What a value is called here.
    private static String given(String sort, @Nullable String number) {
        return switch (sort) {
            case "number" -> number != null && number.contains(".") ? "float64" : "int64";
            case "object" -> "map";
            case "array" -> "slice";
            default -> sort;
        };
    }

    private static String words(String from, String wanted) {
        if (wanted.startsWith("[]")) {
            return "cannot restore slice from " + from;
        }
        if (wanted.startsWith("map[")) {
            return "cannot restore map from " + from;
        }
        if (PLAIN.matcher(wanted).matches()) {
            boolean number = from.equals("int64") || from.equals("float64");
            return number && (wanted.equals("string") || from.equals("float64"))
                    ? "cannot convert " + from + " to " + wanted
                    : "unrecognized type: " + wanted;
        }
        return switch (from) {
            case "string" -> "cannot restore struct from: string";
            case "int64", "float64" -> "cannot convert " + from + " to " + wanted;
            default -> "unrecognized type: string";
        };
    }
}
