package io.driftless.kustomize.node;

import java.util.ArrayList;
import java.util.List;

/// Splits the two notations of field paths.
public final class Paths {
    private Paths() {}

    /// At each delimiter that has no backslash before it; one leading delimiter is dropped.
    public static List<String> split(String path, char delimiter) {
        List<String> parts = new ArrayList<>();
        int start =
                path.length() > 1 && path.charAt(0) == delimiter ? 1 : path.equals(String.valueOf(delimiter)) ? 1 : 0;
        StringBuilder part = new StringBuilder();
        for (int i = start; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c == delimiter) {
                if (!part.isEmpty() && part.charAt(part.length() - 1) == '\\') {
                    part.setCharAt(part.length() - 1, delimiter);
                } else {
                    parts.add(part.toString());
                    part.setLength(0);
                }
            } else {
                part.append(c);
            }
        }
        parts.add(part.toString());
        return parts;
    }

    /// The same for dots, with `[a.b.c]` as one part.
    public static List<String> splitDots(String path) {
        List<String> parts = split(path, '.');
        List<String> result = new ArrayList<>(parts.size());
        for (int i = 0; i < parts.size(); i++) {
            String part = parts.get(i);
            if (!part.startsWith("[") || part.endsWith("]")) {
                result.add(part);
                continue;
            }
            StringBuilder bracketed = new StringBuilder(part);
            while (i < parts.size() - 1) {
                i++;
                bracketed.append('.').append(parts.get(i));
                if (parts.get(i).endsWith("]")) {
                    break;
                }
            }
            String whole = bracketed.toString();
            result.add(whole.indexOf('=') >= 0 ? whole : whole.replaceAll("^[\\[\\]]+|[\\[\\]]+$", ""));
        }
        return result;
    }
}
