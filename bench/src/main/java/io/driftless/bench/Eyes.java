package io.driftless.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.cluster.Cluster;
import io.driftless.cluster.Cluster.Change;
import io.driftless.cluster.Cluster.Watch;
import io.driftless.cluster.Cluster.WatchHandler;
import io.driftless.cluster.Cluster.WatchRequest;
import io.driftless.events.GroupKind;
import io.driftless.events.ResourceId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/// Watches the benchmark's objects and tells when each came to be as wished. The only witness of every figure.
final class Eyes implements AutoCloseable {
    private final Map<String, JsonNode> seen = new HashMap<>();
    private final Map<String, Long> nanos = new HashMap<>();
    private final List<Watch> watches = new ArrayList<>();

    Eyes(Cluster cluster, String namespace) {
        for (String kind : Workload.KINDS) {
            GroupKind groupKind = GroupKind.parse(kind);
            watches.add(cluster.watch(
                    new WatchRequest(groupKind, namespace, Workload.EDITION, ""), new Handler(groupKind)));
        }
    }

    private final class Handler implements WatchHandler {
        private final GroupKind kind;

        Handler(GroupKind kind) {
            this.kind = kind;
        }

        @Override
        public void listed(List<JsonNode> objects) {
            long now = System.nanoTime();
            objects.forEach(object -> saw(kind, object, now));
        }

        @Override
        public void changed(Change change, JsonNode object) {
            if (change != Change.DELETED) {
                saw(kind, object, System.nanoTime());
            }
        }
    }

    private synchronized void saw(GroupKind kind, JsonNode object, long now) {
        JsonNode metadata = object.path("metadata");
        String id = kind + ":" + metadata.path("namespace").asText() + '/'
                + metadata.path("name").asText();
        JsonNode before = seen.put(id, object);
        // What the cluster's own controllers add later (status) is not the moment the object went live.
        if (before == null || !sameWish(before, object)) {
            nanos.put(id, now);
        }
        notifyAll();
    }

    private static boolean sameWish(JsonNode before, JsonNode after) {
        return edition(before).equals(edition(after))
                && before.path("spec").equals(after.path("spec"))
                && before.path("data").equals(after.path("data"));
    }

    static String edition(JsonNode object) {
        return object.path("metadata")
                .path("annotations")
                .path(Workload.EDITION)
                .asText();
    }

    /// Waits until all `objects` hold `wish` and returns the moment ([System#nanoTime]) the last came to.
    synchronized long await(List<ResourceId> objects, Predicate<JsonNode> wish, Duration limit)
            throws InterruptedException, TimeoutException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (true) {
            long last = Long.MIN_VALUE;
            String missing = "";
            for (ResourceId object : objects) {
                JsonNode found = seen.get(object.toString());
                if (found == null || !wish.test(found)) {
                    missing = object.toString();
                    break;
                }
                last = Math.max(last, nanos.getOrDefault(object.toString(), Long.MIN_VALUE));
            }
            if (missing.isEmpty()) {
                return last;
            }
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                throw new TimeoutException(missing + " did not become as wished within " + limit.toSeconds() + " s");
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
    }

    /// Waits until the cluster's controllers have rolled out this edition of a Deployment, so that their work for one
    /// sample is no burden on the next.
    void awaitRollout(ResourceId deployment, String edition, Duration limit)
            throws InterruptedException, TimeoutException {
        await(List.of(deployment), live -> edition(live).equals(edition) && rolledOut(live), limit);
    }

    private static boolean rolledOut(JsonNode deployment) {
        JsonNode status = deployment.path("status");
        int wanted = deployment.path("spec").path("replicas").asInt(1);
        return status.path("observedGeneration").asLong()
                        >= deployment.path("metadata").path("generation").asLong()
                && status.path("updatedReplicas").asInt() == wanted
                && status.path("availableReplicas").asInt() == wanted
                && status.path("replicas").asInt() == wanted;
    }

    /// Waits until `object` changed after the moment `start` and then holds `wish`.
    synchronized long awaitAfter(long start, ResourceId object, Predicate<JsonNode> wish, Duration limit)
            throws InterruptedException, TimeoutException {
        return await(
                List.of(object),
                live -> nanos.getOrDefault(object.toString(), Long.MIN_VALUE) > start && wish.test(live),
                limit);
    }

    @Override
    public void close() {
        watches.forEach(Watch::close);
    }
}
