package io.driftless.sandbox.custom.cel;

/// A text by its characters.
record Characters(int[] codes) {
    int size() {
        return codes.length;
    }

    long checked(long at) {
        if (at < 0 || at > codes.length) {
            throw outside(at);
        }
        return at;
    }

    private static CelException outside(long at) {
        return new CelException("index out of range: " + at);
    }

    String from(long from) {
        return part(checked(from), codes.length);
    }

    String part(long from, long to) {
        if (from > to) {
            throw new CelException("invalid substring range. start: " + from + ", end: " + to);
        }
        int start = (int) checked(from);
        return new String(codes, start, (int) checked(to) - start);
    }

    long indexOf(String sought, long from, Steps steps) {
        if (sought.isEmpty()) {
            return from;
        } else if (from < 0) {
            throw outside(from);
        }
        int[] part = sought.codePoints().toArray();
        for (long i = from; i <= codes.length - part.length; i++) {
            if (isAt((int) i, part, steps)) {
                return i;
            }
        }
        return -1;
    }

    long lastIndexOf(String sought, Steps steps) {
        return sought.isEmpty() || codes.length == 0
                ? (sought.isEmpty() ? codes.length : -1)
                : lastIndexOf(sought, codes.length - 1L, steps);
    }

    long lastIndexOf(String sought, long from, Steps steps) {
        if (sought.isEmpty()) {
            return from;
        } else if (from < 0) {
            throw outside(from);
        } else if (from >= codes.length) {
            return -1;
        }
        int[] part = sought.codePoints().toArray();
        for (long i = Math.min(from, codes.length - part.length); i >= 0; i--) {
            if (isAt((int) i, part, steps)) {
                return i;
            }
        }
        return -1;
    }

    private boolean isAt(int at, int[] part, Steps steps) {
        int same = 0;
        while (same < part.length && codes[at + same] == part[same]) {
            same++;
        }
        steps.characters(same);
        return same == part.length;
    }
}
