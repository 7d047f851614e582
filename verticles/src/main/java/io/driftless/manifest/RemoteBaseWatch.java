package io.driftless.manifest;

import io.driftless.manifest.ManifestNews.LookAgain;
import io.driftless.manifest.git.Opening;
import io.driftless.manifest.git.ReadSet;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finds out that a remote base or file changed, which no application follows, and lets its readers look again.
final class RemoteBaseWatch {
    private static final Logger LOG = LoggerFactory.getLogger(RemoteBaseWatch.class);

    private final RemoteStates states;
    private final RepositoryIndex index;
    private final BiConsumer<String, ManifestNews> deliver;
    private final AtomicBoolean looking = new AtomicBoolean();

    RemoteBaseWatch(RemoteStates states, RepositoryIndex index, BiConsumer<String, ManifestNews> deliver) {
        this.states = states;
        this.index = index;
        this.deliver = deliver;
    }

    /// Looks on a thread of its own, so that hosts which do not answer hold up nobody; not while it still looks.
    void start() {
        if (looking.compareAndSet(false, true)) {
            Thread.ofVirtual().name("remote-bases").start(() -> {
                try {
                    look();
                } catch (RuntimeException e) {
                    LOG.warn("remote bases could not be looked at", e);
                } finally {
                    looking.set(false);
                }
            });
        }
    }

    /// Asks each host once, however many applications read a base of it.
    void look() {
        RemoteStates.Round round = states.round();
        index.all()
                .forEach(followed -> followed.revisions()
                        .values()
                        .forEach(tracked -> look(followed.opening(), tracked, tracked.readersOfRemotes(), round)));
    }

    private void look(Opening own, TrackedRevision tracked, Map<String, ReadSet> readers, RemoteStates.Round round) {
        readers.forEach((subject, read) -> {
            if (round.moved(own, read.remotes()) && tracked.unsettle(subject, read)) {
                deliver.accept(subject, new LookAgain(""));
            }
        });
    }
}
