package io.driftless.rpc;

import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;

/// The lines of a text but for those that are blank, each cut out when it is asked for.
final class Lines implements Iterable<byte[]> {
    private final byte[] text;

    Lines(byte[] text) {
        this.text = text;
    }

    @Override
    public Iterator<byte[]> iterator() {
        return new Iterator<>() {
            private int at = begin(0);

            @Override
            public boolean hasNext() {
                return at < text.length;
            }

            @Override
            public byte[] next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                int end = at;
                while (end < text.length && text[end] != '\n') {
                    end++;
                }
                byte[] line = Arrays.copyOfRange(text, at, end);
                at = begin(end);
                return line;
            }
        };
    }

    /// Where the next line that holds something begins.
    private int begin(int from) {
        int at = from;
        while (at < text.length && (text[at] == '\n' || text[at] == '\r' || text[at] == ' ' || text[at] == '\t')) {
            at++;
        }
        return at;
    }
}
