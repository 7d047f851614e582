package io.driftless.manifest.git;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.transport.ReceiveCommand;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The local copy of one repository: always behind its original, never ahead, and never wrong about what the original
/// said.
///
/// Methods block (call them on virtual threads) and throw [GitException]; all are safe for concurrent use.
public final class Mirror implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Mirror.class);

    private final RepositoryUrl url;
    private final MirrorSettings settings;
    private final MirrorStore store;
    private final Remote remote;
    private final ObjectCache cache;
    private final Settler settler;
    private final FetchQueue queue;
    private final AtomicLong fetches;
    private final Set<String> extraRefs = ConcurrentHashMap.newKeySet();
    private volatile @Nullable Heads heads;

    /// @param later runs something in a moment
    Mirror(
            RepositoryUrl url,
            MirrorSettings settings,
            MirrorStore store,
            Remote remote,
            ObjectCache cache,
            Executor executor,
            Consumer<Runnable> later,
            AtomicLong fetches) {
        this.url = url;
        this.settings = settings;
        this.store = store;
        this.remote = remote;
        this.cache = cache;
        this.settler = new Settler(store, later, () -> heads = null);
        this.fetches = fetches;
        this.queue = new FetchQueue(executor, this::exchange, this::satisfied, settler::soon);
    }

    /// The address, without credentials.
    public String url() {
        return url.text();
    }

    /// The refs as last told by the host; asks it if this mirror has not done so since the process started.
    public Heads heads() {
        Heads known = heads;
        if (known == null) {
            fetch(FetchHint.everything());
            known = heads;
        }
        if (known == null) {
            throw new IllegalStateException("a fetch of everything ended without a list of refs");
        }
        return known;
    }

    /// Compares the refs with the host and brings what is new. A hint that says what is known already asks nobody.
    public Fetched fetch(FetchHint hint) {
        try {
            return fetchAsync(hint).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof GitException known) {
                throw known;
            }
            throw e;
        }
    }

    /// As [#fetch], for callers that must not block; fails with a [GitException].
    public CompletableFuture<Fetched> fetchAsync(FetchHint hint) {
        return queue.ask(hint);
    }

    /// Compares the refs with the host unless that was done within [MirrorSettings#missRefresh]:
    /// those who look together ask once.
    public void refresh() {
        if (!listedWithin(settings.missRefresh())) {
            fetch(FetchHint.everything());
        }
    }

    /// The commit a target revision stands for now, by Argo CD's rules: full SHA, `HEAD`, full ref, branch, tag, short
    /// SHA.
    public ResolvedRevision resolve(@Nullable String targetRevision) {
        return new RevisionResolver(this, store).resolve(targetRevision);
    }

    /// The files of a commit that is in the mirror.
    public SourceTree tree(String sha) {
        return GitTree.of(store, cache, url.text(), sha);
    }

    /// True if the commit is in the mirror.
    public boolean has(String sha) {
        try {
            return store.missing(List.of(ObjectId.fromString(sha))).isEmpty();
        } catch (IOException e) {
            throw damaged(e);
        }
    }

    /// Packs on disk: what background combining keeps small.
    public int packs() {
        return store.packs();
    }

    MirrorStore store() {
        return store;
    }

    boolean listedWithin(Duration age) {
        Heads known = heads;
        return known != null && known.listed().plus(age).isAfter(Instant.now());
    }

    Duration missRefresh() {
        return settings.missRefresh();
    }

    void alsoFollow(String ref) {
        extraRefs.add(ref);
    }

    private boolean satisfied(FetchHint hint) {
        Heads known = heads;
        if (known == null || hint.ref() == null) {
            return false;
        }
        if (!FetchPlan.followed(hint.ref(), extraRefs)) {
            return true;
        }
        if (hint.after() == null) {
            return false;
        }
        String id = known.refs().get(hint.ref());
        return hint.deletion() ? id == null : hint.after().equals(id);
    }

    private Fetched exchange(List<FetchHint> hints) {
        FetchPlan plan = FetchPlan.of(hints, heads != null, Set.copyOf(extraRefs));
        fetches.incrementAndGet();
        return remote.exchange(plan, session -> bring(session, plan));
    }

    private Fetched bring(RemoteSession session, FetchPlan plan) throws IOException {
        RemoteSession.Listing listing = session.list();
        Map<String, ObjectId> covered = new HashMap<>(listing.refs());
        covered.keySet().removeIf(ref -> !plan.covers(ref));
        Set<ObjectId> tips = new LinkedHashSet<>(covered.values());
        if (plan.everything() && listing.headId() != null) {
            tips.add(listing.headId());
        }
        Set<ObjectId> wants = store.missing(tips);
        Fetched.Way way = wants.isEmpty() ? Fetched.Way.NOTHING : session.fetch(wants);
        Set<ObjectId> absent = wants.isEmpty() ? wants : store.missing(wants);
        if (!absent.isEmpty()) {
            throw new FastPathUnavailable(
                    "the host did not send " + absent.iterator().next().name(), null);
        }
        List<ReceiveCommand> moves = store.refs().moves(plan, covered);
        store.refs().remember(moves);
        remember(plan, covered, listing);
        return new Fetched(true, way, moves.stream().map(Mirror::told).toList());
    }

    private static RefMove told(ReceiveCommand command) {
        return new RefMove(command.getRefName(), nameOrNull(command.getOldId()), nameOrNull(command.getNewId()));
    }

    private static @Nullable String nameOrNull(ObjectId id) {
        return id.equals(ObjectId.zeroId()) ? null : id.name();
    }

    private void remember(FetchPlan plan, Map<String, ObjectId> covered, RemoteSession.Listing listing) {
        Heads known = heads;
        if (plan.everything() || known == null) {
            Map<String, String> refs = new HashMap<>();
            covered.forEach((ref, id) -> refs.put(ref, id.name()));
            String headId = listing.headId() == null ? null : listing.headId().name();
            heads = new Heads(refs, listing.head(), headId, Instant.now());
            return;
        }
        for (String ref : plan.refs()) {
            ObjectId id = covered.get(ref);
            known = known.moved(ref, id == null ? null : id.name());
        }
        heads = known;
    }

    /// Brings one commit that no followed ref leads to, and keeps it.
    void fetchCommit(ObjectId commit) {
        fetches.incrementAndGet();
        remote.exchange(FetchPlan.NOTHING, session -> {
            Fetched.Way way = session.fetch(Set.of(commit));
            if (store.missing(List.of(commit)).isEmpty()) {
                store.refs().pin(commit);
                settler.soon();
            }
            return new Fetched(true, way, List.of());
        });
    }

    GitException damaged(IOException e) {
        LOG.warn("mirror {} is unreadable", store.directory(), e);
        return new GitException.DamagedMirror("mirror " + store.directory() + " of " + url, e);
    }

    @Override
    public void close() {
        settler.settle();
        store.close();
    }
}
