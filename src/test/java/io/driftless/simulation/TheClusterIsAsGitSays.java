package io.driftless.simulation;

import io.driftless.events.OperationEvent.OperationRecorded;
import io.driftless.events.OperationEvent.Phase;
import io.driftless.events.Topic;

/// I1, I3: where the policy asks for it, the cluster ends up holding what the newest commit says, however the way there
/// was.
final class TheClusterIsAsGitSays implements Invariant {
    @Override
    public String promise() {
        return "The cluster ends up as Git says";
    }

    @Override
    public void atRest(World world) {
        AtRest.all(world).values().forEach(application -> check(world, application));
    }

    private void check(World world, AtRest application) {
        Ledger.Policy policy = application.policy();
        OperationRecorded last =
                application.last(Topic.OPERATIONS, "") instanceof OperationRecorded record ? record : null;
        if (last != null && !last.phase().completed()) {
            throw violated(world, application.name() + " is still being synced: " + last);
        }
        if (!policy.automated() || !application.renderable()) {
            return;
        }
        boolean wipe = application.files().isEmpty() && policy.prune() && !policy.allowEmpty();
        boolean clean = application.allAsWanted() && !(policy.prune() && application.surplus());
        if (clean || wipe) {
            return;
        }
        if (policy.selfHeal()) {
            throw violated(
                    world,
                    application.name() + " wants " + application.wanted() + " and has " + application.live()
                            + "; last operation " + last);
        }
        if (last == null || (last.phase() == Phase.SUCCEEDED && last.automated() && older(world, last))) {
            throw violated(world, application.name() + " was never synced to what Git says: " + last);
        }
    }

    /// Whether the operation was about another render than the one in force.
    private static boolean older(World world, OperationRecorded last) {
        return world.log.table(Topic.DESIRED).get(last.application().toString()) instanceof io.driftless.stage.Fact fact
                && Outbox.event(fact) instanceof io.driftless.events.DesiredEvent.ManifestsRendered render
                && !render.digest().equals(last.render());
    }
}
