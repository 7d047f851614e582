package io.driftless.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.cluster.Cluster;
import io.driftless.cluster.Cluster.Change;
import io.driftless.cluster.Cluster.Watch;
import io.driftless.cluster.Cluster.WatchHandler;
import io.driftless.cluster.Cluster.WatchRequest;
import io.driftless.events.ResourceId;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Watches the Deployment of production in the cluster itself: what it shows is what counts.
final class ProductionWatch implements WatchHandler, AutoCloseable {
    static final ResourceId DEPLOYMENT = new ResourceId("apps", "Deployment", "myapp-production", "myapp");
    private final Cluster cluster;
    private final Watch watch;
    private @Nullable JsonNode live;

    ProductionWatch(Cluster cluster) {
        this.cluster = cluster;
        this.watch = cluster.watch(
                WatchRequest.named(DEPLOYMENT.groupKind(), DEPLOYMENT.namespace(), DEPLOYMENT.name()), this);
    }

    @Override
    public synchronized void listed(List<JsonNode> objects) {
        live = objects.isEmpty() ? null : objects.getFirst();
        notifyAll();
    }

    @Override
    public synchronized void changed(Change change, JsonNode object) {
        live = change == Change.DELETED ? null : object;
        notifyAll();
    }

    /// Waits until the Deployment is as wished; returns the moment ([System#nanoTime]) it was seen so.
    synchronized long await(String wished, Predicate<JsonNode> wish, Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (live == null || !wish.test(live)) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                throw new DemoFailure(DEPLOYMENT + " did not " + wished + " within " + limit.toSeconds() + " s; it "
                        + (live == null ? "does not exist" : "runs " + image(live)));
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return System.nanoTime();
    }

    static String image(JsonNode deployment) {
        return deployment.at("/spec/template/spec/containers/0/image").asText();
    }

    static boolean available(JsonNode deployment) {
        return deployment.path("status").path("availableReplicas").asInt()
                        >= deployment.path("spec").path("replicas").asInt(1)
                && deployment.path("status").path("observedGeneration").asLong()
                        >= deployment.path("metadata").path("generation").asLong();
    }

    /// Changes the image in the cluster, as somebody with kubectl would; returns the moment of the change.
    long tamper(String image) {
        ObjectNode object = (ObjectNode)
                cluster.get(DEPLOYMENT, null).orElseThrow(() -> new DemoFailure(DEPLOYMENT + " does not exist"));
        ArrayNode containers = ((ArrayNode) object.at("/spec/template/spec/containers")).deepCopy();
        ((ObjectNode) containers.get(0)).put("image", image);
        ObjectNode patch = object.objectNode();
        patch.putObject("spec").putObject("template").putObject("spec").set("containers", containers);
        long start = System.nanoTime();
        cluster.mergePatch(DEPLOYMENT, null, "", patch);
        return start;
    }

    @Override
    public void close() {
        watch.close();
    }
}
