package io.driftless.sandbox.rules;

import java.util.ArrayList;
import java.util.List;

/// What became of the lines of a text, as hunks with some lines around each.
public final class LineChanges {
    private static final int AROUND = 3;

    private LineChanges() {}

    /// One line: kept (' '), taken away ('-') or new ('+').
    private record Line(char mark, String text) {}

    /// The hunks, each line with its end; empty where nothing differs.
    static String between(List<String> before, List<String> after) {
        List<Line> lines = lines(before, after);
        StringBuilder out = new StringBuilder();
        int next = 0;
        while (next < lines.size()) {
            int first = changed(lines, next);
            if (first == lines.size()) {
                break;
            }
            int last = first;
            for (int i = changed(lines, first + 1); i < lines.size() && i - last - 1 <= 2 * AROUND; ) {
                last = i;
                i = changed(lines, i + 1);
            }
            int from = Math.max(next, first - AROUND);
            int to = Math.min(lines.size(), last + 1 + AROUND);
            hunk(lines, from, to, out);
            next = to;
        }
        return out.toString();
    }

    private static int changed(List<Line> lines, int from) {
        int at = from;
        while (at < lines.size() && lines.get(at).mark() == ' ') {
            at++;
        }
        return at;
    }

    private static void hunk(List<Line> lines, int from, int to, StringBuilder out) {
        out.append("@@ -")
                .append(range(lines, from, to, '+'))
                .append(" +")
                .append(range(lines, from, to, '-'))
                .append(" @@\n");
        lines.subList(from, to)
                .forEach(line -> out.append(line.mark()).append(line.text()).append('\n'));
    }

    /// Where the lines of one of the texts begin and how many they are; those with a mark are of the other one.
    private static String range(List<Line> lines, int from, int to, char other) {
        long start = lines.subList(0, from).stream()
                .filter(line -> line.mark() != other)
                .count();
        long length = lines.subList(from, to).stream()
                .filter(line -> line.mark() != other)
                .count();
        return length == 1 ? "" + (start + 1) : (length == 0 ? start : start + 1) + "," + length;
    }

    private static List<Line> lines(List<String> before, List<String> after) {
        List<Line> out = new ArrayList<>();
        int i = 0;
        int j = 0;
        for (LineMatches.Block block : new LineMatches(before, after).blocks()) {
            before.subList(i, block.before()).forEach(text -> out.add(new Line('-', text)));
            after.subList(j, block.after()).forEach(text -> out.add(new Line('+', text)));
            i = block.before() + block.size();
            j = block.after() + block.size();
            before.subList(block.before(), i).forEach(text -> out.add(new Line(' ', text)));
        }
        before.subList(i, before.size()).forEach(text -> out.add(new Line('-', text)));
        after.subList(j, after.size()).forEach(text -> out.add(new Line('+', text)));
        return out;
    }
}
