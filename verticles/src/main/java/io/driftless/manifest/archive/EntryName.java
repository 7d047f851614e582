package io.driftless.manifest.archive;

import java.util.ArrayList;
import java.util.List;

/// Names of entries as paths of the folder that was sent. One that could mean a place elsewhere is refused, not mended.
final class EntryName {
    private static final int LONGEST = 1_024;
    private static final int DEEPEST = 64;

    private EntryName() {}

    /// The path, without `./` before and `/` behind; empty for the folder itself.
    static String path(String name) {
        if (name.length() > LONGEST) {
            throw refused(name, "has more than " + LONGEST + " characters");
        }
        if (name.isEmpty()) {
            throw new ArchiveException("an entry of the archive has no name");
        }
        if (name.startsWith("/")) {
            throw refused(name, "is absolute; names are relative to the folder that is sent");
        }
        if (name.indexOf('\\') >= 0 || name.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
            throw refused(name, "holds a backslash or a control character");
        }
        List<String> parts = new ArrayList<>();
        for (String part : name.split("/")) {
            if (part.equals("..")) {
                throw refused(name, "leads out of the folder that is sent");
            }
            if (!part.isEmpty() && !part.equals(".")) {
                parts.add(part);
            }
        }
        if (parts.size() > DEEPEST) {
            throw refused(name, "lies more than " + DEEPEST + " directories deep");
        }
        return String.join("/", parts);
    }

    /// Whether a link at `path` leads to a place inside of the folder.
    static boolean inside(String path, String target) {
        if (target.isEmpty() || target.startsWith("/") || target.indexOf('\\') >= 0) {
            return false;
        }
        int depth = path.split("/").length - 1;
        for (String part : target.split("/")) {
            depth += part.equals("..") ? -1 : part.isEmpty() || part.equals(".") ? 0 : 1;
            if (depth < 0) {
                return false;
            }
        }
        return true;
    }

    static ArchiveException refused(String name, String why) {
        return new ArchiveException("entry " + shown(name) + " of the archive " + why);
    }

    /// A name of a stranger on one line.
    static String shown(String name) {
        String line = name.codePoints()
                .limit(120)
                .map(c -> Character.isISOControl(c) ? '?' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return '"' + line + '"';
    }
}
