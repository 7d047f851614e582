package io.driftless.manifest.git;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jgit.errors.TransportException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Chooses the way to a host: the short one where it is possible, JGit's where not, both under one time limit.
final class Remote {
    private static final Logger LOG = LoggerFactory.getLogger(Remote.class);

    /// What is done in a session.
    @FunctionalInterface
    interface Exchange {
        Fetched run(RemoteSession session) throws IOException;
    }

    private final RepositoryUrl url;
    private final @Nullable HttpHost host;
    private final MirrorStore store;
    private final Duration timeout;
    private final ScheduledExecutorService clock;

    Remote(
            RepositoryUrl url,
            @Nullable HttpHost host,
            MirrorStore store,
            Duration timeout,
            ScheduledExecutorService clock) {
        this.url = url;
        this.host = host;
        this.store = store;
        this.timeout = timeout;
        this.clock = clock;
    }

    Fetched exchange(FetchPlan plan, Exchange exchange) {
        Thread worker = Thread.currentThread();
        AtomicBoolean late = new AtomicBoolean();
        AtomicBoolean over = new AtomicBoolean();
        Future<?> alarm = clock.schedule(
                () -> {
                    synchronized (over) {
                        if (!over.get()) {
                            late.set(true);
                            worker.interrupt();
                        }
                    }
                },
                timeout.toMillis(),
                TimeUnit.MILLISECONDS);
        try {
            return attempt(plan, exchange, late);
        } catch (PackStream.Oversized e) {
            throw new GitException.TooLarge(
                    "repository " + url, e.getMessage() + "; raise the limit on downloads if this is expected");
        } catch (IOException | RuntimeException e) {
            if (late.get()) {
                throw new GitException.RepositoryUnreachable(
                        url.text(), "it did not finish within " + timeout.toSeconds() + " s", "it is tried again", e);
            }
            throw translated(e);
        } finally {
            synchronized (over) {
                over.set(true);
            }
            alarm.cancel(false);
            Thread.interrupted();
        }
    }

    private Fetched attempt(FetchPlan plan, Exchange exchange, AtomicBoolean late) throws IOException {
        if (host != null) {
            // Twice: a host may have closed the idle connection just when it was used again.
            for (int attempt = 0; attempt < 2; attempt++) {
                try (RemoteSession session = new FastSession(host, store, plan)) {
                    return exchange.run(session);
                } catch (PackStream.Oversized e) {
                    throw e;
                } catch (IOException e) {
                    if (late.get()) {
                        throw e;
                    }
                    LOG.debug("{}: short way failed", url, e);
                    if (!(e instanceof FastPathUnavailable) || e.getCause() == null) {
                        break;
                    }
                }
            }
        }
        String address = host == null ? url.text() : host.base().toString();
        Credentials credentials =
                host == null ? null : host.currentCredentials().orElse(null);
        try (RemoteSession session = new JGitSession(
                url.text(), address, credentials, store, plan, (int) Math.max(1, timeout.toSeconds()))) {
            return exchange.run(session);
        } finally {
            if (host != null) {
                host.forgetSometimes();
            }
        }
    }

    private RuntimeException translated(Exception e) {
        return switch (e) {
            case GitException known -> known;
            case TransportException failed -> JGitSession.translated(url.text(), failed);
            case RuntimeException bug -> bug;
            default ->
                new GitException.RepositoryUnreachable(
                        url.text(), String.valueOf(e.getMessage()), "it is tried again", e);
        };
    }
}
