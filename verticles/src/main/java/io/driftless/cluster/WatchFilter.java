package io.driftless.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Set;

/// Decides from the bytes of a watch line whether it is worth parsing: it carries the needle, or
/// the uid of an object that did so before (which may have lost it or be deleted), or is no object
/// at all. On a busy cluster most lines are neither.
final class WatchFilter {
    private static final byte[] UID = "\"uid\":\"".getBytes(UTF_8);
    private static final byte[] ADDED = "{\"type\":\"ADDED\"".getBytes(UTF_8);
    private static final byte[] MODIFIED = "{\"type\":\"MODIFIED\"".getBytes(UTF_8);
    private static final byte[] DELETED = "{\"type\":\"DELETED\"".getBytes(UTF_8);
    private static final int UID_LENGTH = 36;

    private final String text;
    private final byte[] needle;
    private final Set<String> known = new HashSet<>();

    WatchFilter(String needle) {
        this.text = needle;
        this.needle = needle.getBytes(UTF_8);
    }

    boolean wanted(byte[] line) {
        return needle.length == 0 || !isObject(line) || find(line, needle, 0) >= 0 || namesKnown(line);
    }

    /// Whether an object is to be handed on; remembers which are.
    boolean passes(JsonNode object, boolean gone) {
        if (needle.length == 0) {
            return true;
        }
        String uid = object.path("metadata").path("uid").asText();
        if (gone) {
            return known.remove(uid) || carries(object);
        }
        if (!carries(object)) {
            return known.remove(uid);
        }
        known.add(uid);
        return true;
    }

    void forget() {
        known.clear();
    }

    private boolean carries(JsonNode object) {
        return object.path("metadata").path("annotations").has(text);
    }

    private static boolean isObject(byte[] line) {
        return startsWith(line, ADDED) || startsWith(line, MODIFIED) || startsWith(line, DELETED);
    }

    private boolean namesKnown(byte[] line) {
        if (known.isEmpty()) {
            return false;
        }
        for (int at = find(line, UID, 0); at >= 0; at = find(line, UID, at + UID.length)) {
            int from = at + UID.length;
            int to = from;
            while (to < line.length && line[to] != '"' && to - from < 2 * UID_LENGTH) {
                to++;
            }
            if (known.contains(new String(line, from, to - from, UTF_8))) {
                return true;
            }
        }
        return false;
    }

    private static boolean startsWith(byte[] line, byte[] start) {
        return line.length >= start.length && java.util.Arrays.equals(line, 0, start.length, start, 0, start.length);
    }

    static int find(byte[] line, byte[] part, int start) {
        int last = line.length - part.length;
        for (int i = start; i <= last; i++) {
            if (line[i] == part[0] && matches(line, part, i)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean matches(byte[] line, byte[] part, int at) {
        for (int k = 1; k < part.length; k++) {
            if (line[at + k] != part[k]) {
                return false;
            }
        }
        return true;
    }
}
