package io.driftless.manifest.git;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The mirrors of one instance: one bare repository for each [Opening] of an address, below one folder that no other
/// process uses. What one project reads with credentials of its own is in a mirror that no other project is given.
public final class RepositoryMirrors implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RepositoryMirrors.class);
    private static final int MOST_ANONYMOUS = 200;
    private static final long LARGEST_ANONYMOUS_PACK = 256L << 20;

    private final Path root;
    private final MirrorSettings settings;
    private final Credentials.Source credentials;
    private final HttpWire wire;
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("git-", 0).factory());
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("git-deadlines").factory());
    private final ObjectCache cache;
    private final AtomicLong fetches = new AtomicLong();
    private final ConcurrentHashMap<String, Mirror> mirrors = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, Mirror> anonymous = new ConcurrentHashMap<>();

    /// @param root        where mirrors are kept; created, and reused after a restart
    /// @param credentials asked with the address of a repository and the owner for each exchange
    public RepositoryMirrors(Vertx vertx, Path root, MirrorSettings settings, Credentials.Source credentials) {
        IsolatedGit.install();
        try {
            Files.createDirectories(root);
        } catch (IOException e) {
            throw new UncheckedIOException("folder " + root + " for mirrors cannot be created", e);
        }
        this.root = root;
        this.settings = settings;
        this.credentials = credentials;
        this.cache = new ObjectCache(settings.cacheBytes());
        this.wire = new HttpWire(vertx, settings.connectTimeout());
    }

    public RepositoryMirrors(Vertx vertx, Path root) {
        this(vertx, root, MirrorSettings.defaults(), Credentials.Source.NONE);
    }

    /// How a repository is opened for Applications of this project, as Secrets are now; empty for no project.
    public Opening opening(String url, String project) {
        return new Opening(url, credentials.owner(url, project));
    }

    /// The mirror of a repository for those who belong to no project.
    ///
    /// @throws GitException when the address is malformed or of a kind that is not served
    public Mirror mirror(String url) {
        return mirror(opening(url, ""));
    }

    /// The mirror behind an opening; the first call creates or opens it without asking the host.
    ///
    /// @throws GitException when the address is malformed or of a kind that is not served
    public Mirror mirror(Opening opening) {
        RepositoryUrl address = RepositoryUrl.parse(opening.url(), settings.allowFileUrls());
        String owner = opening.owner();
        Supplier<Optional<Credentials>> login =
                owner.isEmpty() ? Optional::empty : () -> credentials.forRepository(address.text(), owner);
        String folder = address.directoryName(opening.key());
        return mirrors.computeIfAbsent(folder, name -> open(address, root.resolve(name), settings, login));
    }

    /// The mirror of a repository that is named inside another one: reached over HTTP, as anybody without credentials
    /// would, and kept apart from [#mirror] of the same address, which may hold what is not for everybody.
    ///
    /// @throws GitException when the address is of another kind, or when there are too many already
    public Mirror anonymous(String url) {
        RepositoryUrl address = RepositoryUrl.parse(url, false);
        if (address.credentials().isPresent()) {
            throw new GitException.NotSupported("repository " + address.text()
                    + " is named with credentials in its address, which is not supported yet: remove them");
        }
        if (!anonymous.containsKey(address.text()) && anonymous.size() >= MOST_ANONYMOUS) {
            throw new GitException.NotSupported("repository " + address.text() + " would be one of more than "
                    + MOST_ANONYMOUS + " remote bases of this instance; put bases into the repositories that use them");
        }
        MirrorSettings bounded = settings.withMaxPackBytes(Math.min(settings.maxPackBytes(), LARGEST_ANONYMOUS_PACK));
        return anonymous.computeIfAbsent(
                address.text(),
                text -> open(
                        address,
                        root.resolve("remote-bases").resolve(address.directoryName("")),
                        bounded,
                        Optional::empty));
    }

    private Mirror open(
            RepositoryUrl address, Path folder, MirrorSettings settings, Supplier<Optional<Credentials>> login) {
        MirrorStore store = MirrorStore.open(folder, address.text(), settings);
        HttpHost host = address.kind() == RepositoryUrl.Kind.HTTP
                ? new HttpHost(wire, address, login, settings.fetchTimeout())
                : null;
        Remote remote = new Remote(address, host, store, settings.fetchTimeout(), clock);
        return new Mirror(address, settings, store, remote, cache, threads, this::later, fetches);
    }

    private void later(Runnable task) {
        try {
            clock.schedule(() -> threads.execute(task), settings.settleAfter().toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closing) {
            LOG.debug("closing: what came last is brought to disk at once");
        }
    }

    /// How often a host was asked since the start, over all mirrors.
    public long fetches() {
        return fetches.get();
    }

    @Override
    public void close() {
        wire.close();
        threads.shutdown();
        clock.shutdownNow();
        mirrors.values().forEach(Mirror::close);
        anonymous.values().forEach(Mirror::close);
        mirrors.clear();
        anonymous.clear();
    }
}
