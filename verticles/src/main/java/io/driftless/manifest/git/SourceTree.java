package io.driftless.manifest.git;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The files of one commit, read without a checkout.
///
/// Paths are relative to the root of the repository and separated by `/`; `""` is the root. `.` and
/// inner `..` are taken out; an absolute path or one that leaves the root is refused with
/// [GitException.PathOutside]. Links are followed inside the tree and refused when they lead
/// outside, as Argo CD does.
public interface SourceTree {
    /// What lies at a path.
    enum Kind {
        FILE,
        DIRECTORY,
        /// Only in listings: [#entry] follows links.
        LINK,
        SUBMODULE
    }

    /// @param path normalised path that was asked for, or the directory's path and the name in it
    /// @param kind what it is
    /// @param id   Git object id of the content
    /// @param size bytes of a file, else 0
    record Entry(String path, Kind kind, String id, long size) {
        public String name() {
            return path.substring(path.lastIndexOf('/') + 1);
        }
    }

    /// @param entry what was found after following links, null if nothing
    /// @param trail paths crossed on the way that are not a prefix of the path asked for: links and where they led
    record Lookup(String path, @Nullable Entry entry, List<String> trail) {}

    /// Full SHA of the commit.
    String revision();

    Lookup lookup(String path);

    /// What lies at a path, links followed; null if nothing does.
    default @Nullable Entry entry(String path) {
        return lookup(path).entry();
    }

    /// What lies directly in a directory, ordered by name; empty when there is no such directory.
    List<Entry> list(String directory);

    /// The content of a file of at most `limit` bytes; the array belongs to a cache and must not be changed.
    ///
    /// @throws GitException.NotAFile when there is none, [GitException.TooLarge] beyond the limit
    byte[] read(String path, long limit);
}
