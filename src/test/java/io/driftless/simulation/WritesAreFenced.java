package io.driftless.simulation;

import io.driftless.sync.SyncTask;

/// I3, I4: whoever writes, and however late, writes to the state it decided on or not at all.
final class WritesAreFenced implements Invariant {
    @Override
    public String promise() {
        return "A write changes the very state it was decided on";
    }

    @Override
    public void wrote(World world, Written written, String subject, SyncTask task) {
        String there = written.before() == null ? "" : ModelCluster.version(written.before());
        if (!there.equals(task.decidedOn())) {
            throw violated(
                    world,
                    written.instance() + " wrote " + written.id() + " deciding on version '" + task.decidedOn()
                            + "' when it was '" + there + "'");
        }
    }
}
