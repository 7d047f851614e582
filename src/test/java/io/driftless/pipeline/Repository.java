package io.driftless.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.driftless.sandbox.git.GitServer;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A repository of the stand's Git host, branch `main`.
///
/// @param hook what the host does after a push
record Repository(GitServer git, String name, Hook hook) {
    /// A push that happened.
    interface Hook {
        void pushed(Repository repository, @Nullable String before, String after);
    }

    String url() {
        return git.url(name).toString();
    }

    @Nullable
    String head() {
        return git.head(name, "main");
    }

    /// Commits one file and tells the webhook; returns the commit.
    String push(String path, String content) {
        return push(Map.of(path, content));
    }

    String push(Map<String, String> files) {
        String before = head();
        String after = commit(files);
        hook.pushed(this, before, after);
        return after;
    }

    /// Deletes one file and tells the webhook.
    String pushWithout(String path) {
        String before = head();
        Map<String, byte[]> changes = new HashMap<>();
        changes.put(path, null);
        String after = git.commit(name, "main", "Remove " + path, changes);
        hook.pushed(this, before, after);
        return after;
    }

    /// Commits and tells nobody.
    String commit(Map<String, String> files) {
        Map<String, byte[]> changes = new HashMap<>();
        files.forEach((path, content) -> changes.put(path, content.getBytes(UTF_8)));
        return git.commit(name, "main", "Change " + String.join(", ", files.keySet()), changes);
    }
}
