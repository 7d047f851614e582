package io.driftless.sandbox.git;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.jspecify.annotations.Nullable;

/// The bare repositories below one folder, kept open so that a request pays for no opening.
final class ServedRepositories implements AutoCloseable {
    /// Segments begin with a letter or digit, so neither `..` nor a hidden or absolute path can be named.
    private static final Pattern NAME =
            Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}(/[A-Za-z0-9][A-Za-z0-9._-]{0,99}){0,5}");

    private final Path root;
    private final ConcurrentHashMap<String, Repository> open = new ConcurrentHashMap<>();

    ServedRepositories(Path root) {
        this.root = root;
    }

    /// The canonical name: without `.git` at its end.
    static String name(String given) {
        String name = given.endsWith(".git") ? given.substring(0, given.length() - 4) : given;
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("'" + given
                    + "' is no repository name: use letters, digits, '.', '_' and '-', folders separated by '/'");
        }
        return name;
    }

    Repository create(String name) {
        return open.computeIfAbsent(name, n -> {
            try {
                Path dir = directory(n);
                if (isRepository(dir)) {
                    return build(dir);
                }
                Repository repository = build(dir);
                repository.create(true);
                repository.updateRef(Constants.HEAD, false).link(Constants.R_HEADS + "main");
                var config = repository.getConfig();
                config.setBoolean("http", null, "receivepack", true);
                config.setBoolean("uploadpack", null, "allowReachableSHA1InWant", true);
                config.setInt("gc", null, "auto", 0);
                // A bitmap of yesterday makes the fetch of the newest commit slower, not faster.
                config.setBoolean("pack", null, "buildBitmaps", false);
                // A push is a few objects: sharing out the search for deltas takes longer than the search.
                config.setInt("pack", null, "threads", 1);
                config.save();
                return repository;
            } catch (IOException e) {
                throw new UncheckedIOException("repository '" + n + "' cannot be created", e);
            }
        });
    }

    @Nullable
    Repository find(String name) {
        Repository known = open.get(name);
        if (known != null || !isRepository(directory(name))) {
            return known;
        }
        return open.computeIfAbsent(name, n -> {
            try {
                return build(directory(n));
            } catch (IOException e) {
                throw new UncheckedIOException("repository '" + n + "' cannot be opened", e);
            }
        });
    }

    Path directory(String name) {
        return root.resolve(name + ".git");
    }

    private static boolean isRepository(Path dir) {
        return Files.isRegularFile(dir.resolve("HEAD")) && Files.isDirectory(dir.resolve("objects"));
    }

    private static Repository build(Path dir) throws IOException {
        return new ServedRepository(
                new FileRepositoryBuilder().setGitDir(dir.toFile()).setBare().setup());
    }

    @Override
    public void close() {
        open.values().forEach(Repository::close);
        open.clear();
    }
}
