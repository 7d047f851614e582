package io.driftless.kustomize.yaml;

import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.reader.ReaderException;
import org.yaml.snakeyaml.reader.StreamReader;

/// The parser's input with all of the text at hand. The parser's own input reads by the kilobyte
/// and copies what it holds each time, so that a word of ten megabytes takes half a minute; here it
/// takes as long as it is.
final class WholeText extends StreamReader {
    private static final String NAME = "'string'";

    private final int[] points;
    private int at;
    private int documentStart;
    private int line;
    private int column;

    WholeText(String text) {
        super("");
        this.points = text.codePoints().toArray();
        for (int i = 0; i < points.length; i++) {
            if (!isPrintable(points[i])) {
                throw new ReaderException(NAME, i, points[i], "special characters are not allowed");
            }
        }
    }

    @Override
    public Mark getMark() {
        return new Mark(NAME, at, line, column, points, Math.min(at, points.length));
    }

    @Override
    public void forward() {
        forward(1);
    }

    @Override
    public void forward(int length) {
        for (int i = 0; i < length && at < points.length; i++) {
            int point = points[at++];
            boolean lone = point == '\r' && (at >= points.length || points[at] != '\n');
            if (point == '\n' || point == 0x85 || point == 0x2028 || point == 0x2029 || lone) {
                line++;
                column = 0;
            } else if (point != 0xFEFF) {
                column++;
            }
        }
    }

    @Override
    public int peek() {
        return at < points.length ? points[at] : '\0';
    }

    @Override
    public int peek(int ahead) {
        return at + ahead < points.length ? points[at + ahead] : '\0';
    }

    @Override
    public String prefix(int length) {
        return new String(points, at, Math.min(length, points.length - at));
    }

    @Override
    public String prefixForward(int length) {
        String prefix = prefix(length);
        at += prefix.codePointCount(0, prefix.length());
        column += length;
        return prefix;
    }

    @Override
    public int getColumn() {
        return column;
    }

    @Override
    public int getDocumentIndex() {
        return at - documentStart;
    }

    @Override
    public void resetDocumentIndex() {
        documentStart = at;
    }

    @Override
    public int getIndex() {
        return at;
    }

    @Override
    public int getLine() {
        return line;
    }
}
