package io.driftless.manifest.render;

import java.util.List;
import java.util.Optional;

/// The files of one commit. Paths are relative to the root of the repository, separated by `/`,
/// without `.` or `..`; the root itself is the empty path.
public interface SourceFiles {
    /// Full SHA of the commit. A render that asks for it depends on it.
    String revision();

    /// What lies at a path.
    record Entry(String path, Kind kind, long size) {
        /// The last part of the path.
        public String name() {
            return path.substring(path.lastIndexOf('/') + 1);
        }
    }

    /// The kinds of things that a Git tree holds.
    enum Kind {
        FILE,
        DIRECTORY,
        LINK,
        SUBMODULE
    }

    /// What lies at a path; an implementation that follows links inside the repository gives what they lead to.
    Optional<Entry> entry(String path);

    /// What lies directly in a directory, ordered by name; empty if there is no such directory.
    List<Entry> list(String directory);

    /// The content of a file that [#entry] found.
    byte[] read(String path);
}
