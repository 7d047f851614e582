package io.driftless.cli.kustomize;

import io.driftless.kustomize.KustomizeException;
import java.util.List;

/// `key:value`, where the value may be in double quotes or absent.
record Pair(String key, String value) {
    static List<Pair> all(String what, List<String> arguments) {
        if (arguments.isEmpty()) {
            throw new KustomizeException("must specify " + what);
        }
        return arguments.stream().map(argument -> parse(what, argument)).toList();
    }

    private static Pair parse(String what, String argument) {
        int colon = argument.indexOf(':');
        String key = colon < 0 ? argument : argument.substring(0, colon);
        String value = colon < 0 ? "" : argument.substring(colon + 1);
        if (key.isEmpty()) {
            throw new KustomizeException(
                    "invalid " + what + ": '" + argument + "' (need k:v pair where v may be quoted)");
        }
        boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
        return new Pair(key, quoted ? value.substring(1, value.length() - 1) : value);
    }
}
