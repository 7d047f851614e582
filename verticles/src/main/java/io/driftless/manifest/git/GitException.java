package io.driftless.manifest.git;

import org.jspecify.annotations.Nullable;

/// Everything that can be wrong with a source in Git. The message names the repository (never with
/// credentials), the place and a remedy, and may be shown to users.
public abstract sealed class GitException extends RuntimeException {
    private GitException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /// True when the same request may succeed later without anybody changing the repository or the Application.
    public abstract boolean passing();

    /// The host does not answer, answers with an error, or takes too long.
    public static final class RepositoryUnreachable extends GitException {
        public RepositoryUnreachable(String url, String what, String remedy, @Nullable Throwable cause) {
            super("repository " + url + " cannot be reached: " + what + "; " + remedy, cause);
        }

        @Override
        public boolean passing() {
            return true;
        }
    }

    /// The host wants other credentials than it got.
    public static final class AuthenticationFailed extends GitException {
        public AuthenticationFailed(String url, String what) {
            super(
                    "repository " + url + " refused the credentials: " + what
                            + "; check username and password of the repository's Secret: those of the Application's"
                            + " project count, else those of a Secret without a project",
                    null);
        }

        @Override
        public boolean passing() {
            return false;
        }
    }

    /// Something answered, but not a Git server.
    public static final class NotAGitServer extends GitException {
        public NotAGitServer(String url, String what) {
            super(
                    url + " is no Git repository: " + what + "; check the repoURL (a login page or a missing '.git'"
                            + " answers like this)",
                    null);
        }

        @Override
        public boolean passing() {
            return false;
        }
    }

    /// No such branch, tag or commit.
    public static final class RevisionNotFound extends GitException {
        public RevisionNotFound(String url, String revision, String what) {
            super(
                    "revision '" + revision + "' of repository " + url + " was not found: " + what
                            + "; check targetRevision",
                    null);
        }

        @Override
        public boolean passing() {
            return false;
        }
    }

    /// A limit on what is downloaded or read was reached.
    public static final class TooLarge extends GitException {
        public TooLarge(String place, String what) {
            super(place + " is too large: " + what, null);
        }

        @Override
        public boolean passing() {
            return false;
        }
    }

    /// A path that leaves the repository, by its own words or through a link.
    public static final class PathOutside extends GitException {
        private final String path;

        public PathOutside(String path, String what) {
            super("path '" + path + "' is refused: " + what, null);
            this.path = path;
        }

        /// The offending path, or the link that leads outside.
        public String path() {
            return path;
        }

        @Override
        public boolean passing() {
            return false;
        }
    }

    /// The path does not exist in this commit, or is not a file.
    public static final class NotAFile extends GitException {
        public NotAFile(String path, String revision, String what) {
            super("path '" + path + "' of commit " + revision + " " + what, null);
        }

        @Override
        public boolean passing() {
            return false;
        }
    }

    /// A part of Git that Driftless does not do yet.
    public static final class NotSupported extends GitException {
        public NotSupported(String what) {
            super(what, null);
        }

        @Override
        public boolean passing() {
            return false;
        }
    }

    /// The mirror on this machine is unreadable.
    public static final class DamagedMirror extends GitException {
        public DamagedMirror(String place, Throwable cause) {
            super(
                    place + " cannot be read: " + cause.getMessage()
                            + "; stop this instance, delete that folder and start again, it is fetched anew",
                    cause);
        }

        @Override
        public boolean passing() {
            return false;
        }
    }
}
