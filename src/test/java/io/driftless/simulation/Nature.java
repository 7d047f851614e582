package io.driftless.simulation;

import io.driftless.events.ResourceId;
import java.util.List;

/// The controllers inside the cluster: claims are bound, and what is being deleted goes.
final class Nature {
    private final World world;

    Nature(World world) {
        this.world = world;
    }

    void act() {
        List<ResourceId> ids = List.copyOf(world.cluster.objects().keySet());
        if (!ids.isEmpty()) {
            act(world.chance.pick(ids));
        }
    }

    /// Does all there is to do. False when there was nothing.
    boolean settle() {
        boolean any = false;
        for (ResourceId id : List.copyOf(world.cluster.objects().keySet())) {
            any |= act(id);
        }
        return any;
    }

    private boolean act(ResourceId id) {
        var object = world.cluster.get(id);
        if (object == null || id.kind().equals("Application")) {
            return false;
        }
        if (ModelCluster.deleting(object)) {
            world.cluster.remove(id);
            return true;
        }
        String phase = object.path("status").path("phase").asText("");
        if (!id.kind().equals("PersistentVolumeClaim") || phase.equals("Bound")) {
            return false;
        }
        String next = phase.isEmpty() && world.chance.coin() ? "Pending" : "Bound";
        world.cluster.edit(id, "binder", claim -> claim.withObject("/status").put("phase", next));
        return true;
    }
}
