package io.driftless.simulation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.events.DriftEvent.ApplicationCompared;
import io.driftless.events.DriftEvent.ResourceVerdict;
import io.driftless.events.SyncStatus;
import io.driftless.events.Topic;

/// I1, I8: the last verdict is about what is really there, and right.
final class VerdictsAreTrue implements Invariant {
    @Override
    public String promise() {
        return "The last verdict is true";
    }

    @Override
    public void atRest(World world) {
        AtRest.all(world).values().forEach(application -> check(world, application));
    }

    private void check(World world, AtRest application) {
        if (!(application.last(Topic.DRIFT, "") instanceof ApplicationCompared compared)
                || compared.generation() != application.generation()) {
            throw violated(world, application.name() + " was not compared");
        }
        for (ResourceVerdict verdict : compared.resources()) {
            ObjectNode live = world.cluster.get(verdict.resource());
            String version =
                    live == null || !Manifests.owner(live).equals(application.name()) ? "" : ModelCluster.version(live);
            if (!verdict.resourceVersion().equals(version)) {
                throw violated(
                        world,
                        verdict.resource() + " is judged in version '" + verdict.resourceVersion() + "' and is in '"
                                + version + "'");
            }
        }
        if (!application.renderable()) {
            if (compared.status() != SyncStatus.UNKNOWN) {
                throw violated(world, application.name() + " cannot be rendered and is " + compared.status());
            }
            return;
        }
        SyncStatus truth =
                application.allAsWanted() && !application.surplus() ? SyncStatus.SYNCED : SyncStatus.OUT_OF_SYNC;
        if (compared.status() != truth) {
            throw violated(
                    world,
                    application.name() + " is " + truth + ", the verdict says " + compared.status() + ": Git wants "
                            + application.wanted() + ", there is " + application.live());
        }
    }
}
