package io.driftless.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.cluster.Cluster.Change;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Lets whoever wrote an Application read it back: the answer to a write waits until the watch has brought it, so that
/// the next list or sync by the same client meets it (Argo CD waits for its informer likewise).
final class WriteArrival {
    private static final Duration LIMIT = Duration.ofSeconds(2);
    private final ApplicationCache cache;

    WriteArrival(ApplicationCache cache) {
        this.cache = cache;
    }

    /// Returns what was written, once it has arrived; after two seconds in any case.
    JsonNode await(JsonNode written) {
        HeldApplication wanted = HeldApplication.of(written);
        CountDownLatch arrived = new CountDownLatch(1);
        ApplicationCache.Listener listener = (change, now) -> {
            if (now.key().equals(wanted.key()) && (change == Change.DELETED || reached(now, wanted))) {
                arrived.countDown();
            }
        };
        cache.listen(listener);
        try {
            Optional<HeldApplication> held = cache.get(wanted.name());
            if (cache.complete() && held.filter(now -> reached(now, wanted)).isEmpty()) {
                boolean unused = arrived.await(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            cache.forget(listener);
        }
        return written;
    }

    private static boolean reached(HeldApplication now, HeldApplication wanted) {
        String version = now.facts().resourceVersion();
        String written = wanted.facts().resourceVersion();
        // Decimal numbers that grow (KEP-5504).
        return version.length() == written.length()
                ? version.compareTo(written) >= 0
                : version.length() > written.length();
    }
}
