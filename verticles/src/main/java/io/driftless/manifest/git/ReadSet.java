package io.driftless.manifest.git;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Everything a render looked at, so that a later commit can be told to give the same result without rendering.
///
/// @param notes path → what was seen there: the object id of a file, [#ABSENT], `directory` when only its existence was
///              asked, `names:…` (a digest of names and kinds) when it was listed, `refused:…`, or `link` for paths
/// that
///              only led somewhere else
/// @param remotes other repositories and files of web servers that were read, with the commit or digest of each
public record ReadSet(Map<String, String> notes, Map<RemoteSource, String> remotes) {
    public static final String ABSENT = "absent";
    /// In place of a path: the commit itself was asked for, so that every other commit differs. No path begins so.
    public static final String COMMIT = "/";
    static final String DIRECTORY = "directory";
    static final String LINK = "link";
    static final String NAMES = "names:";
    static final String REFUSED = "refused:";

    public ReadSet {
        notes = java.util.Collections.unmodifiableMap(new TreeMap<>(notes));
        remotes = Map.copyOf(remotes);
    }

    /// The same, and what was read of other repositories.
    public ReadSet with(Map<RemoteSource, String> others) {
        return new ReadSet(notes, others);
    }

    /// The paths under which an index should know this render: a commit that changes none of them
    /// (nor a directory among them) cannot change it.
    public Set<String> paths() {
        return notes.keySet();
    }

    /// True when every look would see the same in `tree`.
    public boolean unchangedIn(SourceTree tree) {
        for (var note : notes.entrySet()) {
            String seen = note.getValue();
            if (!seen.equals(LINK) && !seen.equals(again(tree, note.getKey(), seen))) {
                return false;
            }
        }
        return true;
    }

    private static String again(SourceTree tree, String path, String seen) {
        if (path.equals(COMMIT)) {
            return tree.revision();
        }
        try {
            return seen.startsWith(NAMES)
                    ? RecordingTree.names(tree.list(path), tree.entry(path))
                    : RecordingTree.note(tree.entry(path));
        } catch (GitException e) {
            return RecordingTree.refusal(e);
        }
    }
}
