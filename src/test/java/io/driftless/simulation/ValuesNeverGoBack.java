package io.driftless.simulation;

import io.driftless.sync.SyncTask;
import java.util.HashMap;
import java.util.Map;

/// I3: what a commit put in place is not replaced by what an older commit said. An object that is made anew begins
/// anew.
final class ValuesNeverGoBack implements Invariant {
    private final Map<String, Integer> newest = new HashMap<>();

    @Override
    public String promise() {
        return "The applied revision never goes back";
    }

    @Override
    public void wrote(World world, Written written, String subject, SyncTask task) {
        if (!(task instanceof SyncTask.Apply apply) || written.after() == null) {
            return;
        }
        int value = Manifests.value(apply.manifest());
        Integer before = newest.put(ModelCluster.uid(written.after()), value);
        if (before != null && before > value) {
            throw violated(
                    world,
                    written.instance() + " applied value " + value + " to " + written.id() + " after value " + before);
        }
    }
}
