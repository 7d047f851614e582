package io.driftless.cluster;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The client of a cluster that a Secret declares. A changed Secret counts within a minute, and at once when what it
/// said before is refused; one that is gone or cannot be read opens nothing.
final class DeclaredAccess implements Access {
    private static final Logger LOG = LoggerFactory.getLogger(DeclaredAccess.class);
    private static final long ROUTINE_NANOS = Duration.ofMinutes(1).toNanos();
    private static final long SHORTEST_NANOS = Duration.ofSeconds(1).toNanos();

    private final Supplier<Optional<ClusterSecret>> declared;
    private final Function<Config, KubernetesClient> connect;
    private final String missing;
    private final LongSupplier nanos;
    private final AtomicBoolean looking = new AtomicBoolean();
    private volatile long lookedAt;
    private volatile @Nullable Open open;
    private volatile String problem = "";
    private boolean closed;

    private record Open(KubernetesClient client, ClusterSecret secret) {}

    /// Reads the Secret; fails with [ClusterUnreachableException] where it opens nothing.
    ///
    /// @param declared reads the Secret of the cluster, empty where there is none
    /// @param missing what to say then
    DeclaredAccess(
            Supplier<Optional<ClusterSecret>> declared,
            Function<Config, KubernetesClient> connect,
            String missing,
            LongSupplier nanos) {
        this.declared = declared;
        this.connect = connect;
        this.missing = missing;
        this.nanos = nanos;
        look();
        client();
    }

    @Override
    public KubernetesClient client() {
        Open now = open;
        long age = nanos.getAsLong() - lookedAt;
        if (now == null) {
            if (age >= SHORTEST_NANOS) {
                look();
            }
            now = open;
        } else if (age >= ROUTINE_NANOS && looking.compareAndSet(false, true)) {
            // Nobody waits: the control plane may be down while this cluster answers.
            Thread.ofVirtual().name("cluster-secret").start(this::lookByTheWay);
        }
        if (now == null) {
            throw new ClusterUnreachableException(problem);
        }
        return now.client();
    }

    private void lookByTheWay() {
        try {
            look();
        } catch (RuntimeException e) {
            LOG.debug("a cluster Secret cannot be looked at, what it said last stays in force: {}", e.getMessage());
        } finally {
            looking.set(false);
        }
    }

    @Override
    public boolean renewed(KubernetesClient refused) {
        if (isOther(refused)) {
            return true;
        }
        if (nanos.getAsLong() - lookedAt >= SHORTEST_NANOS) {
            try {
                look();
            } catch (ApiException | ClusterUnreachableException e) {
                return false; // the control plane has troubles of its own
            }
        }
        return isOther(refused);
    }

    @SuppressWarnings("ReferenceEquality")
    private boolean isOther(KubernetesClient refused) {
        Open now = open;
        return now != null && now.client() != refused;
    }

    private synchronized void look() {
        lookedAt = nanos.getAsLong();
        Optional<ClusterSecret> found = declared.get();
        Open before = open;
        if (closed || before != null && found.filter(before.secret()::opensLike).isPresent()) {
            return;
        }
        try {
            ClusterSecret secret = found.orElseThrow(() -> new ClusterUnreachableException(missing));
            open = new Open(opened(secret), secret);
        } catch (ClusterUnreachableException e) {
            problem = "" + e.getMessage();
            open = null;
        }
        if (before != null) {
            LOG.info(
                    "the connection of cluster Secret {} is made anew, it says something else",
                    before.secret().reference());
            before.client().close();
        }
    }

    private KubernetesClient opened(ClusterSecret secret) {
        Config config = secret.config();
        try {
            return connect.apply(config);
        } catch (RuntimeException unusable) {
            // The cause may quote what the Secret holds.
            throw new ClusterUnreachableException(
                    "cluster Secret " + secret.reference()
                            + ": its config cannot be used: check that certData and keyData of tlsClientConfig belong together");
        }
    }

    @Override
    public String refusal(String message) {
        Open now = open;
        return now == null
                ? message
                : "the credentials of cluster Secret " + now.secret().reference() + " are refused (" + message
                        + "): write valid ones into its key config";
    }

    @Override
    public synchronized void close() {
        closed = true;
        Open now = open;
        if (now != null) {
            now.client().close();
        }
    }
}
