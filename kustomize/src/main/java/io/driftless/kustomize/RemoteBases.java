package io.driftless.kustomize;

import java.time.Duration;

/// Fetches what a kustomization names by URL. The caller decides which hosts may be asked and with which credentials.
public interface RemoteBases {

    /// A Git repository named in a kustomization.
    ///
    /// @param raw as it is written
    /// @param url what to clone
    /// @param path the directory inside of the repository
    /// @param ref branch, tag or commit; empty for the default branch
    /// @param submodules whether submodules are wanted
    /// @param timeout how long each step of fetching it may take
    record Repository(String raw, String url, String path, String ref, boolean submodules, Duration timeout) {}

    /// The files of the repository at its ref.
    FileTree repository(Repository repository);

    /// The content of an `http(s)` URL that is a plain file. Fails with [NotAFile] when the URL may be that of a
    /// repository, with [HttpFailure] when it is that of a file and the server has none.
    byte[] file(String url);

    /// The URL does not lead to a plain file.
    final class NotAFile extends KustomizeException {
        private static final long serialVersionUID = 1;

        public NotAFile(String message) {
            super(message);
        }
    }

    /// A web server's answer that is no content. The build ends with it: such a URL is nothing else either.
    final class HttpFailure extends KustomizeException {
        private static final long serialVersionUID = 1;

        public HttpFailure(String message) {
            super(message);
        }

        @Override
        public HttpFailure within(String step) {
            return new HttpFailure(step + ": " + getMessage());
        }
    }

    /// Refuses everything.
    RemoteBases NONE = new RemoteBases() {
        @Override
        public FileTree repository(Repository repository) {
            throw new KustomizeException("the remote base '" + repository.raw()
                    + "' cannot be loaded: this build has no access to remote bases");
        }

        @Override
        public byte[] file(String url) {
            throw new NotAFile(
                    "the remote file '" + url + "' cannot be loaded: this build has no access to remote files");
        }
    };
}
