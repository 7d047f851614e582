package io.driftless.sandbox.custom.cel;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;

/// Functions on texts. Places in them count characters, not the halves of those that take two.
final class TextFunctions {
    static final List<Function> ALL = List.of(
            Function.of("string::charAt(int): string", (a, steps) -> {
                Characters text = characters(a, steps);
                return text.part((long) a[1], Math.min(text.checked((long) a[1]) + 1, text.size()));
            }),
            Function.of(
                    "string::indexOf(string): int",
                    (a, steps) -> characters(a, steps).indexOf((String) a[1], 0, steps)),
            Function.of(
                    "string::indexOf(string, int): int",
                    (a, steps) -> characters(a, steps).indexOf((String) a[1], (long) a[2], steps)),
            Function.of(
                    "string::lastIndexOf(string): int",
                    (a, steps) -> characters(a, steps).lastIndexOf((String) a[1], steps)),
            Function.of(
                    "string::lastIndexOf(string, int): int",
                    (a, steps) -> characters(a, steps).lastIndexOf((String) a[1], (long) a[2], steps)),
            Function.of("string::lowerAscii(): string", (a, steps) -> mapped(a, steps, TextFunctions::lower)),
            Function.of("string::upperAscii(): string", (a, steps) -> mapped(a, steps, TextFunctions::upper)),
            Function.of(
                    "string::replace(string, string): string",
                    (a, steps) -> replaced((String) a[0], (String) a[1], (String) a[2], -1, steps)),
            Function.of(
                    "string::replace(string, string, int): string",
                    (a, steps) -> replaced((String) a[0], (String) a[1], (String) a[2], (long) a[3], steps)),
            Function.of(
                    "string::split(string): list(string)",
                    (a, steps) -> split((String) a[0], (String) a[1], -1, steps)),
            Function.of(
                    "string::split(string, int): list(string)",
                    (a, steps) -> split((String) a[0], (String) a[1], (long) a[2], steps)),
            Function.of(
                    "string::substring(int): string",
                    (a, steps) -> characters(a, steps).from((long) a[1])),
            Function.of(
                    "string::substring(int, int): string",
                    (a, steps) -> characters(a, steps).part((long) a[1], (long) a[2])),
            Function.of("string::trim(): string", (a, steps) -> trimmed((String) a[0], steps)),
            Function.of(
                    "string::format(list(dyn)): string",
                    (a, steps) -> new TextFormat((String) a[0], (List<?>) a[1], steps).text()),
            Function.of("strings.quote(string): string", (a, steps) -> quoted((String) a[0], steps)),
            Function.of("list(string)::join(): string", (a, steps) -> joined((List<?>) a[0], "", steps)),
            Function.of(
                    "list(string)::join(string): string", (a, steps) -> joined((List<?>) a[0], (String) a[1], steps)));

    private TextFunctions() {}

    private static Characters characters(Object[] arguments, Steps steps) {
        String text = (String) arguments[0];
        steps.characters(text.length());
        return new Characters(text.codePoints().toArray());
    }

    private static String mapped(Object[] arguments, Steps steps, IntUnaryOperator change) {
        String text = (String) arguments[0];
        steps.characters(text.length());
        return text.codePoints()
                .map(change)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static int lower(int c) {
        return c >= 'A' && c <= 'Z' ? c + 32 : c;
    }

    private static int upper(int c) {
        return c >= 'a' && c <= 'z' ? c - 32 : c;
    }

    private static String replaced(String text, String old, String with, long most, Steps steps) {
        StringBuilder out = new StringBuilder();
        int from = 0;
        for (long i = 0; (most < 0 || i < most) && from <= text.length(); i++) {
            int found = old.isEmpty() ? from : text.indexOf(old, from);
            if (found < 0) {
                break;
            }
            steps.characters(found - from + with.length() + 16L);
            out.append(text, from, found).append(with);
            from = found + old.length();
            if (old.isEmpty() && from < text.length()) {
                int width = Character.charCount(text.codePointAt(from));
                out.append(text, from, from + width);
                from += width;
            } else if (old.isEmpty()) {
                return out.toString();
            }
        }
        steps.characters(out.length() + (long) text.length() - from);
        return out.append(text.substring(from)).toString();
    }

    private static List<Object> split(String text, String separator, long most, Steps steps) {
        List<Object> out = new ArrayList<>();
        steps.characters(text.length());
        int from = 0;
        while (most != 0) {
            int found = separator.isEmpty() ? next(text, from) : text.indexOf(separator, from);
            boolean last = found < 0 || most > 0 && out.size() == most - 1;
            if (separator.isEmpty() && text.isEmpty()) {
                break;
            }
            steps.take(1);
            out.add(last ? text.substring(from) : text.substring(from, found));
            if (last) {
                break;
            }
            from = found + separator.length();
        }
        return out;
    }

    /// Where the next character begins; negative where it is the last one.
    private static int next(String text, int from) {
        int end = from < text.length() ? from + Character.charCount(text.codePointAt(from)) : from;
        return end < text.length() ? end : -1;
    }

    private static String trimmed(String text, Steps steps) {
        steps.characters(text.length());
        int start = 0;
        int end = text.length();
        while (start < end && isSpace(text.charAt(start))) {
            start++;
        }
        while (end > start && isSpace(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    private static boolean isSpace(char c) {
        return Character.isSpaceChar(c) || c >= '\t' && c <= '\r' || c == '\u0085';
    }

    private static String quoted(String text, Steps steps) {
        steps.characters(text.length() * 2L);
        return "\""
                + text.replace("\\", "\\\\")
                        .replace("\u0007", "\\a")
                        .replace("\b", "\\b")
                        .replace("\f", "\\f")
                        .replace("\n", "\\n")
                        .replace("\r", "\\r")
                        .replace("\t", "\\t")
                        .replace("\u000b", "\\v")
                        .replace("\"", "\\\"")
                + "\"";
    }

    private static String joined(List<?> list, String separator, Steps steps) {
        long length = (long) separator.length() * list.size();
        for (Object item : list) {
            if (!(item instanceof String text)) {
                throw new CelException("join: invalid input: " + TextFormat.plain(item));
            }
            length += text.length();
        }
        steps.characters(length + list.size());
        return list.stream().map(Values::text).collect(Collectors.joining(separator));
    }
}
