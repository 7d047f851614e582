package io.driftless.cli.kustomize.edit;

import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;

/// Where the comments of a YAML text are: behind a `#` that is no part of a value.
final class Comments {
    private final List<ScalarEvent> scalars = new ArrayList<>();
    private final List<String> lines;
    private boolean anchored;

    private Comments(List<String> lines) {
        this.lines = lines;
    }

    static Comments of(List<String> lines, Iterable<Event> events) {
        Comments comments = new Comments(lines);
        for (Event event : events) {
            if (event instanceof ScalarEvent scalar) {
                comments.scalars.add(scalar);
            }
            comments.anchored |=
                    event instanceof AliasEvent || (event instanceof NodeEvent node && node.getAnchor() != null);
        }
        return comments;
    }

    /// Whether some value stands for another one.
    boolean anchored() {
        return anchored;
    }

    /// Whether there is a comment between two lines, both counted.
    boolean between(int first, int last) {
        return !texts(first, last).isEmpty();
    }

    /// The comments between two lines, both counted, without what is before them.
    List<String> texts(int first, int last) {
        List<String> found = new ArrayList<>();
        for (int line = first; line <= last; line++) {
            int at = column(line);
            if (at >= 0) {
                found.add(lines.get(line).substring(at));
            }
        }
        return found;
    }

    /// Whether a line is in the middle of a value.
    boolean inValue(int line) {
        return inside(line, 0);
    }

    private int column(int line) {
        String text = lines.get(line);
        for (int at = text.indexOf('#'); at >= 0; at = text.indexOf('#', at + 1)) {
            if ((at == 0 || Character.isWhitespace(text.charAt(at - 1))) && !inside(line, text.codePointCount(0, at))) {
                return at;
            }
        }
        return -1;
    }

    private boolean inside(int line, int column) {
        for (ScalarEvent scalar : scalars) {
            Mark start = scalar.getStartMark();
            Mark end = scalar.getEndMark();
            boolean header = isBlock(scalar.getScalarStyle()) && line == start.getLine();
            if (!header && !isBefore(line, column, start) && isBefore(line, column, end)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isBlock(ScalarStyle style) {
        return style == ScalarStyle.LITERAL || style == ScalarStyle.FOLDED;
    }

    private static boolean isBefore(int line, int column, Mark mark) {
        return line < mark.getLine() || (line == mark.getLine() && column < mark.getColumn());
    }
}
