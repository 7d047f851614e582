package io.driftless.manifest;

import io.driftless.events.PushEvent.RepositoryPushed;
import io.driftless.manifest.ManifestNews.LookAgain;
import io.driftless.manifest.RepositoryIndex.Followed;
import io.driftless.manifest.git.FetchHint;
import io.driftless.manifest.git.GitException;
import io.driftless.manifest.git.Mirror;
import io.driftless.manifest.git.Opening;
import io.driftless.manifest.git.RepositoryMirrors;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes in pushes: one fetch for each repository that applications of this instance follow, then news for
/// those that read something the commits touched, and for nobody else.
final class PushIntake {
    private static final Logger LOG = LoggerFactory.getLogger(PushIntake.class);
    private final RepositoryMirrors mirrors;
    private final RepositoryIndex index;
    private final BiConsumer<String, ManifestNews> deliver;
    private final HeadComparison comparison;

    /// Pushes waiting while one is handled for the same opening of the repository: the latest of each ref, the others
    /// are covered by it.
    private final Map<Way, Map<String, Arrival>> waiting = new ConcurrentHashMap<>();

    private record Arrival(RepositoryPushed push, String chain) {}

    /// @param opening what tells openings of the repository apart
    private record Way(String repository, String opening) {
        static Way of(Followed followed) {
            return new Way(followed.opening().repository(), followed.opening().key());
        }
    }

    PushIntake(
            RepositoryMirrors mirrors,
            RepositoryIndex index,
            BiConsumer<String, ManifestNews> deliver,
            HeadComparison comparison) {
        this.mirrors = mirrors;
        this.index = index;
        this.deliver = deliver;
        this.comparison = comparison;
    }

    /// Returns at once; virtual threads handle the pushes of a repository, one after another for each opening of it.
    void pushed(RepositoryPushed push, String chain) {
        for (Followed followed : index.repository(push.repository())) {
            Way way = Way.of(followed);
            boolean[] first = {false};
            waiting.compute(way, (key, refs) -> {
                first[0] = refs == null;
                Map<String, Arrival> queue = refs == null ? new HashMap<>() : refs;
                queue.put(push.ref(), new Arrival(push, chain));
                return queue;
            });
            if (first[0]) {
                Thread.ofVirtual().name("push-" + push.repository()).start(() -> drain(way));
            }
        }
    }

    /// Fetches already what a push speaks of that is still on its way here; nothing follows from it but that the mirror
    /// knows more. Returns at once.
    void expected(RepositoryPushed push) {
        for (Followed followed : index.repository(push.repository())) {
            Thread.startVirtualThread(() -> fetchAhead(followed.opening(), push));
        }
    }

    private void fetchAhead(Opening opening, RepositoryPushed push) {
        try {
            mirrors.mirror(opening).fetch(hint(push));
        } catch (GitException e) {
            LOG.debug("{} could not be fetched ahead of its push: {}", push.repository(), e.getMessage());
        }
    }

    private static FetchHint hint(RepositoryPushed push) {
        return FetchHint.of(push.ref(), push.before(), push.after());
    }

    private void drain(Way way) {
        for (Arrival next = take(way); next != null; next = take(way)) {
            handle(way, next);
        }
    }

    private @Nullable Arrival take(Way way) {
        Arrival[] taken = {null};
        waiting.computeIfPresent(way, (key, refs) -> {
            var arrivals = refs.values().iterator();
            if (!arrivals.hasNext()) {
                return null;
            }
            taken[0] = arrivals.next();
            arrivals.remove();
            return refs;
        });
        return taken[0];
    }

    private void handle(Way way, Arrival arrival) {
        index.repository(way.repository()).stream()
                .filter(followed -> Way.of(followed).equals(way))
                .forEach(followed -> handle(followed, arrival));
    }

    private void handle(Followed followed, Arrival arrival) {
        RepositoryPushed push = arrival.push();
        try {
            long start = System.nanoTime();
            Mirror mirror = mirrors.mirror(followed.opening());
            mirror.fetch(hint(push));
            long micros = (System.nanoTime() - start) / 1000;
            followed.revisions()
                    .forEach((target, tracked) -> compare(mirror, target, tracked, arrival.chain(), micros));
        } catch (GitException e) {
            LOG.warn("push to {} could not be followed: {}", push.repository(), e.getMessage());
            followed.revisions()
                    .values()
                    .forEach(tracked -> tracked.followers()
                            .forEach(subject -> deliver.accept(subject, new LookAgain(arrival.chain()))));
        }
    }

    private void compare(Mirror mirror, String target, TrackedRevision tracked, String chain, long micros) {
        try {
            comparison.compare(mirror, target, tracked, chain, micros, "");
        } catch (GitException.RevisionNotFound e) {
            tracked.followers().forEach(subject -> deliver.accept(subject, new LookAgain(chain)));
        }
    }
}
