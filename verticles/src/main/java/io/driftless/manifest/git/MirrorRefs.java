package io.driftless.manifest.git;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.jgit.lib.BatchRefUpdate;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.transport.ReceiveCommand;
import org.jspecify.annotations.Nullable;

/// The refs of a mirror: what the disk says, and the moves that are remembered and not written yet. Refs are written
/// after the objects they lead to. Safe for concurrent use.
final class MirrorRefs {
    /// Refs that keep commits which no branch or tag holds.
    static final String PINNED = "refs/driftless/pinned/";

    private static final int MAX_HAVES = 64;
    private static final int REFS_FOR_A_BATCH = 8;

    private final Repository repository;

    /// Where each goes; zero for one that is deleted.
    private final Map<String, ObjectId> unwritten = new TreeMap<>();

    /// What the disk says. Nobody else writes refs of a mirror.
    private @Nullable TreeMap<String, ObjectId> written;

    MirrorRefs(Repository repository) {
        this.repository = repository;
    }

    /// Tips that the host very likely knows too, so that it sends only what lies between.
    synchronized Set<ObjectId> haves() throws IOException {
        Set<ObjectId> haves = new LinkedHashSet<>();
        for (String prefix : List.of(Constants.R_HEADS, PINNED, Constants.R_TAGS)) {
            for (ObjectId id : below(prefix).values()) {
                if (haves.size() < MAX_HAVES) {
                    haves.add(id);
                }
            }
        }
        return haves;
    }

    /// What has to be done to make the refs the plan covers equal to what the host listed.
    synchronized List<ReceiveCommand> moves(FetchPlan plan, Map<String, ObjectId> listed) throws IOException {
        Map<String, ObjectId> known = below(Constants.R_REFS);
        known.keySet().removeIf(ref -> !plan.covers(ref));
        List<ReceiveCommand> commands = new ArrayList<>();
        for (var entry : listed.entrySet()) {
            String name = entry.getKey();
            if (plan.covers(name) && Repository.isValidRefName(name) && !name.startsWith("refs/driftless/")) {
                ObjectId old = known.remove(name);
                if (!entry.getValue().equals(old)) {
                    commands.add(new ReceiveCommand(old == null ? ObjectId.zeroId() : old, entry.getValue(), name));
                }
            }
        }
        known.forEach((name, old) -> commands.add(new ReceiveCommand(old, ObjectId.zeroId(), name)));
        return commands;
    }

    private Map<String, ObjectId> below(String prefix) throws IOException {
        Map<String, ObjectId> refs = new TreeMap<>(written().subMap(prefix, prefix + Character.MAX_VALUE));
        unwritten.forEach((name, id) -> {
            if (id.equals(ObjectId.zeroId())) {
                refs.remove(name);
            } else if (name.startsWith(prefix)) {
                refs.put(name, id);
            }
        });
        return refs;
    }

    private TreeMap<String, ObjectId> written() throws IOException {
        TreeMap<String, ObjectId> known = written;
        if (known == null) {
            known = new TreeMap<>();
            for (Ref ref : repository.getRefDatabase().getRefsByPrefix(Constants.R_REFS)) {
                if (ref.getObjectId() != null) {
                    known.put(ref.getName(), ref.getObjectId());
                }
            }
            written = known;
        }
        return known;
    }

    synchronized void remember(List<ReceiveCommand> moves) {
        moves.forEach(move -> unwritten.put(move.getRefName(), move.getNewId()));
    }

    synchronized void pin(ObjectId commit) {
        unwritten.put(PINNED + commit.name(), commit.copy());
    }

    synchronized Map<String, ObjectId> unwritten() {
        return Map.copyOf(unwritten);
    }

    /// Drops what is remembered: the refs on disk are compared anew.
    synchronized void forget() {
        unwritten.clear();
        written = null;
    }

    /// Writes moves, and no longer remembers those that did not change again meanwhile.
    void write(Map<String, ObjectId> moves) throws IOException {
        try {
            if (moves.size() >= REFS_FOR_A_BATCH) {
                inOne(moves);
            } else {
                oneByOne(moves);
            }
        } catch (IOException | RuntimeException e) {
            synchronized (this) {
                written = null;
            }
            throw e;
        }
        synchronized (this) {
            moves.forEach(this::settle);
        }
    }

    private void settle(String ref, ObjectId id) {
        unwritten.remove(ref, id);
        if (written != null && id.equals(ObjectId.zeroId())) {
            written.remove(ref);
        } else if (written != null) {
            written.put(ref, id);
        }
    }

    private void inOne(Map<String, ObjectId> moves) throws IOException {
        BatchRefUpdate batch = repository.getRefDatabase().newBatchUpdate();
        batch.setAllowNonFastForwards(true);
        batch.disableRefLog();
        List<ReceiveCommand> commands = new ArrayList<>();
        for (var move : moves.entrySet()) {
            Ref old = repository.exactRef(move.getKey());
            ObjectId from = old == null ? ObjectId.zeroId() : old.getObjectId();
            if (!from.equals(move.getValue())) {
                commands.add(new ReceiveCommand(from, move.getValue(), move.getKey()));
            }
        }
        // Deleted first: refs/heads/a may have made way for refs/heads/a/b.
        commands.sort(Comparator.comparing(c -> c.getType() != ReceiveCommand.Type.DELETE));
        batch.addCommand(commands);
        try (RevWalk walk = new RevWalk(repository)) {
            batch.execute(walk, NullProgressMonitor.INSTANCE);
        }
        for (ReceiveCommand command : commands) {
            if (command.getResult() != ReceiveCommand.Result.OK) {
                throw new IOException("ref " + command.getRefName() + " was not written: " + command.getResult());
            }
        }
    }

    private void oneByOne(Map<String, ObjectId> moves) throws IOException {
        for (var move : moves.entrySet()) {
            if (move.getValue().equals(ObjectId.zeroId())) {
                RefUpdate update = repository.updateRef(move.getKey());
                update.setForceUpdate(true);
                require(update, update.delete());
            }
        }
        for (var move : moves.entrySet()) {
            if (!move.getValue().equals(ObjectId.zeroId())) {
                RefUpdate update = repository.updateRef(move.getKey());
                update.setNewObjectId(move.getValue());
                update.setForceUpdate(true);
                update.disableRefLog();
                require(update, update.update());
            }
        }
    }

    private static void require(RefUpdate update, RefUpdate.Result result) throws IOException {
        switch (result) {
            case NEW, FAST_FORWARD, FORCED, NO_CHANGE -> {}
            default -> throw new IOException("ref " + update.getName() + " was not written: " + result);
        }
    }
}
