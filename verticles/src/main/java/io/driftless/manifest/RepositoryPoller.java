package io.driftless.manifest;

import io.driftless.events.PushEvent.Origin;
import io.driftless.events.PushEvent.RepositoryPushed;
import io.driftless.manifest.RepositoryIndex.Followed;
import io.driftless.manifest.git.FetchHint;
import io.driftless.manifest.git.GitException;
import io.driftless.manifest.git.RepositoryMirrors;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks at the repositories that are followed now and then, for those whose host sends no webhooks, and says
/// what it finds as a push with origin `poll`.
final class RepositoryPoller implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RepositoryPoller.class);
    private static final double JITTER = 0.25;
    private final RepositoryMirrors mirrors;
    private final RepositoryIndex index;
    private final Duration interval;
    private final Consumer<RepositoryPushed> publish;
    private final Runnable remoteBases;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition ended = lock.newCondition();
    private final Thread thread;
    private boolean closed;

    RepositoryPoller(
            RepositoryMirrors mirrors,
            RepositoryIndex index,
            Duration interval,
            Consumer<RepositoryPushed> publish,
            Runnable remoteBases) {
        this.mirrors = mirrors;
        this.index = index;
        this.interval = interval;
        this.publish = publish;
        this.remoteBases = remoteBases;
        this.thread = Thread.ofVirtual().name("repository-poller").start(this::run);
    }

    private void run() {
        while (pause()) {
            index.all().forEach(this::look);
            remoteBases.run();
        }
    }

    /// Waits one interval, a little more or less so that instances do not ask together; false once closed.
    private boolean pause() {
        long nanos = (long)
                (interval.toNanos() * (1 + JITTER * (ThreadLocalRandom.current().nextDouble() - 0.5)));
        lock.lock();
        try {
            while (!closed && nanos > 0) {
                nanos = ended.awaitNanos(nanos);
            }
            return !closed;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    private void look(Followed followed) {
        String repository = followed.opening().repository();
        try {
            var mirror = mirrors.mirror(followed.opening());
            mirror.fetch(FetchHint.everything());
            for (Map.Entry<String, TrackedRevision> revision :
                    followed.revisions().entrySet()) {
                var resolved = mirror.resolve(revision.getKey());
                String before = revision.getValue().head();
                if (!resolved.sha().equals(before)) {
                    String ref = resolved.ref() == null ? revision.getKey() : resolved.ref();
                    publish.accept(new RepositoryPushed(
                            repository, ref, before, resolved.sha(), null, Origin.POLL, "driftless"));
                }
            }
        } catch (GitException e) {
            LOG.warn("repository {} could not be polled: {}", repository, e.getMessage());
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            ended.signalAll();
        } finally {
            lock.unlock();
        }
        try {
            thread.join(TimeUnit.SECONDS.toMillis(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
