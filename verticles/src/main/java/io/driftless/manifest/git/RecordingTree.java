package io.driftless.manifest.git;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Notes each path that is looked up in another tree, also those where nothing is.
///
/// Of a listing, names and kinds count, not contents: whoever reads a listed file has that noted by
/// itself, and a change deep below a directory does not concern those who only saw its name.
public final class RecordingTree implements SourceTree {
    private final SourceTree tree;
    private final Map<String, String> notes = new ConcurrentHashMap<>();

    public RecordingTree(SourceTree tree) {
        this.tree = tree;
    }

    /// What was looked at so far.
    public ReadSet readSet() {
        return new ReadSet(notes, Map.of());
    }

    @Override
    public String revision() {
        notes.put(ReadSet.COMMIT, tree.revision());
        return tree.revision();
    }

    @Override
    public Lookup lookup(String path) {
        return noting(path, () -> {
            Lookup found = tree.lookup(path);
            trail(found);
            // A listing says more than "is a directory" and stays.
            notes.merge(found.path(), note(found.entry()), (old, now) -> old.startsWith(ReadSet.NAMES) ? old : now);
            return found;
        });
    }

    @Override
    public List<Entry> list(String directory) {
        return noting(directory, () -> {
            Lookup found = tree.lookup(directory);
            List<Entry> entries = tree.list(directory);
            trail(found);
            notes.put(found.path(), names(entries, found.entry()));
            return entries;
        });
    }

    @Override
    public byte[] read(String path, long limit) {
        lookup(path);
        return tree.read(path, limit);
    }

    private void trail(Lookup found) {
        found.trail().forEach(path -> notes.putIfAbsent(path, ReadSet.LINK));
    }

    private <T> T noting(String path, Supplier<T> look) {
        try {
            return look.get();
        } catch (GitException.PathOutside e) {
            // The link that leads outside is where a remedy will change something.
            notes.put(e.path(), refusal(e));
            notes.put(
                    TreePath.segments(path).contains("..") ? e.path() : String.join("/", TreePath.segments(path)),
                    refusal(e));
            throw e;
        } catch (GitException.NotSupported e) {
            notes.put(TreePath.normal(path), refusal(e));
            throw e;
        }
    }

    static String note(@Nullable Entry entry) {
        if (entry == null) {
            return ReadSet.ABSENT;
        }
        return entry.kind() == Kind.DIRECTORY ? ReadSet.DIRECTORY : entry.id();
    }

    static String refusal(GitException e) {
        return ReadSet.REFUSED + e.getMessage();
    }

    static String names(List<Entry> entries, @Nullable Entry directory) {
        if (directory == null || directory.kind() != Kind.DIRECTORY) {
            return note(directory);
        }
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Entry entry : entries) {
                digest.update((entry.kind() + " " + entry.name() + "\n").getBytes(StandardCharsets.UTF_8));
            }
            return ReadSet.NAMES + HexFormat.of().formatHex(digest.digest(), 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
