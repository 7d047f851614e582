package io.driftless.simulation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.events.DesiredEvent.ManifestsRendered;
import io.driftless.events.DesiredEvent.RenderedResource;
import io.driftless.events.OperationEvent.OperationRecorded;
import io.driftless.stage.Fact;
import io.driftless.sync.SyncTask;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// I7: a resource is deleted only where a complete render of a commit that does not hold it is known, and somebody
/// allowed it: the policy of the Application or whoever asked for the sync; or where the Application is deleted and
/// asked for that. Errors, parts and lost state delete nothing.
final class PruningHasEvidence implements Invariant {
    private final Map<String, OperationRecorded> operations = new HashMap<>();
    private final Map<String, List<ManifestsRendered>> renders = new HashMap<>();

    @Override
    public String promise() {
        return "Nothing is deleted without evidence";
    }

    @Override
    public void said(World world, Fact fact) {
        if (Outbox.event(fact) instanceof OperationRecorded record) {
            operations.put(record.id(), record);
        } else if (Outbox.event(fact) instanceof ManifestsRendered render) {
            renders.computeIfAbsent(fact.key(), _ -> new ArrayList<>()).add(render);
        }
    }

    @Override
    public void wrote(World world, Written written, String subject, SyncTask task) {
        ObjectNode before = written.before();
        if (!(task instanceof SyncTask.Prune prune) || before == null) {
            return;
        }
        if (!Manifests.owner(before).equals(subject)) {
            throw violated(world, written.id() + " belongs to " + Manifests.owner(before) + ", not to " + subject);
        }
        if (prune.cascade()) {
            return; // TheDeletedLeaveNothing looks at these
        }
        OperationRecorded operation = operations.get(task.operation());
        boolean allowed = operation != null
                && (operation.request() == null
                        ? world.ledger.ever(subject, Ledger.Policy::prune)
                        : operation.request().prune());
        if (!allowed) {
            throw violated(world, "nobody allowed " + task.operation() + " to prune " + written.id());
        }
        boolean evident = renders.getOrDefault(subject, List.of()).stream()
                .anyMatch(render -> lacks(world, subject, render, written));
        if (!evident) {
            throw violated(
                    world,
                    written.id() + " was pruned although no complete render of a commit without it"
                            + " was published since it was applied");
        }
    }

    /// Whether the render is of a commit that really does not hold the resource, and not older than the object.
    private static boolean lacks(World world, String subject, ManifestsRendered render, Written written) {
        boolean listed =
                render.resources().stream().map(RenderedResource::resource).anyMatch(written.id()::equals);
        Repository.Commit commit = world.repository.commit(render.revision());
        boolean inGit = Repository.files(commit, subject).keySet().stream()
                .anyMatch(file -> Manifests.id(subject, file).equals(written.id()));
        int value = written.before() == null ? -1 : Manifests.value(written.before());
        boolean newer = value < 0 || valueExistedBefore(world, commit, value);
        return !listed && !inGit && newer;
    }

    /// Whether some commit up to this one held the value.
    private static boolean valueExistedBefore(World world, Repository.Commit commit, int value) {
        return world.repository.commits().stream()
                .limit(commit.number() + 1L)
                .anyMatch(older -> older.tree().values().stream().anyMatch(file -> file.value() == value));
    }
}
