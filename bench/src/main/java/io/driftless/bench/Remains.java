package io.driftless.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.cluster.Cluster;
import io.driftless.cluster.Cluster.Change;
import io.driftless.cluster.Cluster.Delete;
import io.driftless.cluster.Cluster.Watch;
import io.driftless.cluster.Cluster.WatchHandler;
import io.driftless.cluster.Cluster.WatchRequest;
import io.driftless.events.GroupKind;
import io.driftless.events.ResourceId;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Leaves a cluster as it was found: what one run leaves behind, the next would carry along and measure.
final class Remains {
    private Remains() {}

    /// Deletes objects, then a namespace, and waits until that is gone.
    ///
    /// @return whether it was gone within the time
    static boolean remove(Cluster cluster, List<ResourceId> objects, String namespace, Duration limit)
            throws InterruptedException {
        Delete background = new Delete(null, null, "Background", false);
        objects.forEach(object -> cluster.delete(object, null, background));
        CountDownLatch gone = new CountDownLatch(1);
        WatchRequest request =
                new WatchRequest(new GroupKind("", "Namespace"), "", "", "", "metadata.name=" + namespace);
        try (Watch watching = cluster.watch(request, new Absence(gone))) {
            cluster.delete(ResourceId.parse("/Namespace:/" + namespace), null, background);
            return gone.await(limit.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private record Absence(CountDownLatch gone) implements WatchHandler {
        @Override
        public void listed(List<JsonNode> objects) {
            if (objects.isEmpty()) {
                gone.countDown();
            }
        }

        @Override
        public void changed(Change change, JsonNode object) {
            if (change == Change.DELETED) {
                gone.countDown();
            }
        }
    }
}
