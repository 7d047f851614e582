package io.driftless.manifest.git;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;
import org.jspecify.annotations.Nullable;

/// Keeps JGit away from the Git configuration of this machine and its user: what a mirror does must not depend on
/// somebody's `insteadOf`, proxy or credential helper, and nothing is written into a home folder.
final class IsolatedGit extends SystemReader.Delegate {
    private static final Duration TIMES_APART = Duration.ofMillis(20);
    private static boolean installed;

    private IsolatedGit(SystemReader outer) {
        super(outer);
    }

    /// Takes effect for the whole process, once.
    static synchronized void install() {
        if (!installed) {
            SystemReader.setInstance(new IsolatedGit(Objects.requireNonNull(SystemReader.getInstance())));
            installed = true;
        }
    }

    private static final class Empty extends FileBasedConfig {
        Empty(@Nullable Config base, FS fs) {
            super(base, new java.io.File("/dev/null"), fs);
        }

        @Override
        public void load() {}

        @Override
        public void save() {}

        @Override
        public boolean isOutdated() {
            return false;
        }

        /// JGit would measure for seconds, with thousands of files, how finely the file system tells times apart. A
        /// value that is coarser than any of today costs a second look at files that changed just now.
        @Override
        public long getTimeUnit(String section, @Nullable String sub, String name, long otherwise, TimeUnit unit) {
            return section.equals("filesystem")
                    ? unit.convert(TIMES_APART)
                    : super.getTimeUnit(section, sub, name, otherwise, unit);
        }
    }

    @Override
    public FileBasedConfig openUserConfig(@Nullable Config parent, FS fs) {
        return new Empty(parent, fs);
    }

    @Override
    public FileBasedConfig openSystemConfig(@Nullable Config parent, FS fs) {
        return new Empty(parent, fs);
    }

    @Override
    public FileBasedConfig openJGitConfig(@Nullable Config parent, FS fs) {
        return new Empty(parent, fs);
    }
}
