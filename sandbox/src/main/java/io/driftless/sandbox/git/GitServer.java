package io.driftless.sandbox.git;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A Git host in this process: the `git` client clones from, fetches from and pushes to it over smart HTTP.
///
/// Methods block and may be called from any thread but an event loop.
public final class GitServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GitServer.class);

    private final ServedRepositories repositories;
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("git-server-", 0).factory());
    private final List<Consumer<Push>> listeners = new CopyOnWriteArrayList<>();
    private final GitHttp http;
    private final HttpServer server;
    private final String host;

    private GitServer(Vertx vertx, String host, int port, Path root, GitServerOptions options) {
        this.host = host;
        this.repositories = new ServedRepositories(root);
        this.http = new GitHttp(repositories, options, threads, this::announce);
        this.server = vertx.createHttpServer(new HttpServerOptions()
                        .setHost(host)
                        .setPort(port)
                        .setTcpNoDelay(true)
                        .setHandle100ContinueAutomatically(true)
                        .setMaxHeaderSize(32 * 1024))
                .requestHandler(http)
                .listen()
                .await();
    }

    /// Serves the repositories below `root`, creating the folder; port 0 takes a free one.
    public static GitServer start(Vertx vertx, String host, int port, Path root) {
        return start(vertx, host, port, root, GitServerOptions.defaults());
    }

    public static GitServer start(Vertx vertx, String host, int port, Path root, GitServerOptions options) {
        try {
            Files.createDirectories(root);
        } catch (IOException e) {
            throw new UncheckedIOException("folder " + root + " for repositories cannot be created", e);
        }
        return new GitServer(vertx, host, port, root, options);
    }

    public int port() {
        return server.actualPort();
    }

    /// The address to clone from, whether or not the repository exists yet.
    public URI url(String repo) {
        return URI.create("http://" + host + ":" + port() + "/" + ServedRepositories.name(repo) + ".git");
    }

    /// Creates an empty bare repository whose `HEAD` names `main`; one that exists is kept as it is.
    public URI create(String repo) {
        repositories.create(ServedRepositories.name(repo));
        return url(repo);
    }

    /// The bare repository's folder.
    public Path directory(String repo) {
        return repositories.directory(ServedRepositories.name(repo));
    }

    /// Calls `listener` for each ref that moved, after it moved, on the thread of the push.
    public void onPush(Consumer<Push> listener) {
        listeners.add(listener);
    }

    /// Commits `changes` (path → content, null deletes) on top of `branch` and returns the commit's SHA.
    public String commit(String repo, String branch, String message, Map<String, byte[]> changes) {
        String name = ServedRepositories.name(repo);
        Repository repository = existing(name);
        try {
            Push push;
            synchronized (repository) {
                push = CommitWriter.commit(repository, name, Constants.R_HEADS + branch, message, changes);
            }
            announce(push);
            return push.after();
        } catch (IOException e) {
            throw new UncheckedIOException("commit to '" + name + "' failed", e);
        }
    }

    /// Puts all objects of a repository into one pack, as hosts do from time to time.
    public void pack(String repo) {
        String name = ServedRepositories.name(repo);
        try {
            Git.wrap(existing(name)).gc().call();
        } catch (GitAPIException e) {
            throw new IllegalStateException("repository '" + name + "' cannot be packed", e);
        }
    }

    /// The commit that the branch points to, or null.
    public @Nullable String head(String repo, String branch) {
        try {
            Ref ref = existing(ServedRepositories.name(repo)).exactRef(Constants.R_HEADS + branch);
            return ref == null ? null : ref.getObjectId().name();
        } catch (IOException e) {
            throw new UncheckedIOException("branch " + branch + " of '" + repo + "' cannot be read", e);
        }
    }

    public GitRequests requests() {
        return http.requests();
    }

    private Repository existing(String name) {
        Repository repository = repositories.find(name);
        if (repository == null) {
            throw new IllegalArgumentException("repository '" + name + "' does not exist: create it first");
        }
        return repository;
    }

    private void announce(Push push) {
        for (Consumer<Push> listener : listeners) {
            try {
                listener.accept(push);
            } catch (RuntimeException e) {
                LOG.warn("a listener failed on the push to {} of '{}'", push.ref(), push.repo(), e);
            }
        }
    }

    @Override
    public void close() {
        server.close().await();
        threads.close();
        repositories.close();
    }
}
