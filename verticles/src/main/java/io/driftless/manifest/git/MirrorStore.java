package io.driftless.manifest.git;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.internal.storage.file.GC;
import org.eclipse.jgit.lib.BatchRefUpdate;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.transport.PackParser;
import org.eclipse.jgit.transport.ReceiveCommand;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The bare repository on this machine's disk: objects and refs, no knowledge of where they come from.
final class MirrorStore implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MirrorStore.class);
    /// Refs that keep commits which no branch or tag holds.
    static final String PINNED = "refs/driftless/pinned/";

    private static final int MAX_HAVES = 64;
    private static final int REFS_FOR_A_BATCH = 8;

    private final FileRepository repository;
    private final Path directory;
    private final long maxPackBytes;
    private final int maxPacks;

    private MirrorStore(FileRepository repository, Path directory, MirrorSettings settings) {
        this.repository = repository;
        this.directory = directory;
        this.maxPackBytes = settings.maxPackBytes();
        this.maxPacks = settings.maxPacks();
    }

    /// Opens the mirror, or creates it; one that a crash left unreadable is created anew, everything in it can be
    /// fetched.
    static MirrorStore open(Path directory, String url, MirrorSettings settings) {
        try {
            if (Files.exists(directory)) {
                FileRepository existing = new FileRepository(directory.toFile());
                if (usable(existing)) {
                    return new MirrorStore(existing, directory, settings);
                }
                existing.close();
                LOG.warn("mirror of {} was damaged and is fetched anew", url);
                delete(directory);
            }
            FileRepository created = new FileRepository(directory.toFile());
            created.create(true);
            var config = created.getConfig();
            config.setString("remote", "origin", "url", url);
            config.setInt("gc", null, "auto", 0);
            config.setBoolean("pack", null, "buildBitmaps", false);
            // Redirects are decided by our own code, which keeps credentials on their host.
            config.setString("http", null, "followRedirects", "false");
            config.save();
            return new MirrorStore(created, directory, settings);
        } catch (IOException e) {
            throw new GitException.DamagedMirror("mirror " + directory + " of " + url, e);
        }
    }

    private static boolean usable(FileRepository existing) {
        try (ObjectReader reader = existing.newObjectReader()) {
            if (existing.exactRef(Constants.HEAD) == null) {
                return false;
            }
            for (Ref ref : existing.getRefDatabase().getRefs()) {
                if (ref.getObjectId() != null && !reader.has(ref.getObjectId())) {
                    return false;
                }
            }
            return true;
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    Repository repository() {
        return repository;
    }

    Path directory() {
        return directory;
    }

    Set<ObjectId> missing(Collection<ObjectId> ids) throws IOException {
        Set<ObjectId> missing = new LinkedHashSet<>();
        try (ObjectReader reader = repository.newObjectReader()) {
            for (ObjectId id : ids) {
                if (!reader.has(id)) {
                    missing.add(id);
                }
            }
        }
        return missing;
    }

    /// Tips that the host very likely knows too, so that it sends only what lies between.
    Set<ObjectId> haves() throws IOException {
        Set<ObjectId> haves = new LinkedHashSet<>();
        for (String prefix : List.of(Constants.R_HEADS, PINNED, Constants.R_TAGS)) {
            for (Ref ref : repository.getRefDatabase().getRefsByPrefix(prefix)) {
                if (haves.size() < MAX_HAVES && ref.getObjectId() != null) {
                    haves.add(ref.getObjectId());
                }
            }
        }
        return haves;
    }

    /// Indexes a pack as it arrives, completing it with the objects that a thin pack leaves out.
    void receive(InputStream sideBand) throws IOException {
        try (PackStream pack = new PackStream(sideBand, maxPackBytes);
                ObjectInserter inserter = repository.newObjectInserter()) {
            PackParser parser = inserter.newPackParser(pack);
            parser.setAllowThin(true);
            // A delta of a few bytes can unfold to gigabytes: the same bound holds for every object.
            parser.setMaxObjectSizeLimit(maxPackBytes);
            parser.parse(NullProgressMonitor.INSTANCE);
            inserter.flush();
        }
    }

    /// What has to be done to make the refs the plan covers equal to what the host listed.
    List<ReceiveCommand> moves(FetchPlan plan, Map<String, ObjectId> listed) throws IOException {
        Map<String, ObjectId> known = new TreeMap<>();
        for (Ref ref : repository.getRefDatabase().getRefsByPrefix(Constants.R_REFS)) {
            if (ref.getObjectId() != null && plan.covers(ref.getName())) {
                known.put(ref.getName(), ref.getObjectId());
            }
        }
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

    void pin(ObjectId commit) throws IOException {
        move(List.of(new ReceiveCommand(ObjectId.zeroId(), commit, PINNED + commit.name())));
    }

    void move(List<ReceiveCommand> commands) throws IOException {
        if (commands.isEmpty()) {
            return;
        }
        if (commands.size() >= REFS_FOR_A_BATCH) {
            BatchRefUpdate batch = repository.getRefDatabase().newBatchUpdate();
            batch.setAllowNonFastForwards(true);
            batch.disableRefLog();
            // Deleted first: refs/heads/a may have made way for refs/heads/a/b.
            batch.addCommand(commands.stream()
                    .sorted(Comparator.comparing(c -> c.getType() != ReceiveCommand.Type.DELETE))
                    .toList());
            try (RevWalk walk = new RevWalk(repository)) {
                batch.execute(walk, NullProgressMonitor.INSTANCE);
            }
            for (ReceiveCommand command : commands) {
                if (command.getResult() != ReceiveCommand.Result.OK) {
                    throw new IOException("ref " + command.getRefName() + " was not written: " + command.getResult());
                }
            }
            return;
        }
        for (ReceiveCommand command : commands) {
            if (command.getType() == ReceiveCommand.Type.DELETE) {
                RefUpdate update = repository.updateRef(command.getRefName());
                update.setForceUpdate(true);
                require(update, update.delete());
            }
        }
        for (ReceiveCommand command : commands) {
            if (command.getType() != ReceiveCommand.Type.DELETE) {
                RefUpdate update = repository.updateRef(command.getRefName());
                update.setNewObjectId(command.getNewId());
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

    boolean crowded() {
        return repository.getObjectDatabase().getPacks().size() > maxPacks;
    }

    int packs() {
        return repository.getObjectDatabase().getPacks().size();
    }

    /// Combines the packs. Objects that no ref holds any more stay for the two weeks that are Git's custom, so that a
    /// commit that is deployed survives a forced push for a while.
    void combine() {
        try {
            GC gc = new GC(repository);
            // Nobody but this process uses the packs, and it copes with one that vanishes, so the old ones go at once.
            gc.setPackExpireAgeMillis(0);
            gc.gc().join();
        } catch (IOException
                | java.text.ParseException
                | org.eclipse.jgit.api.errors.GitAPIException
                | RuntimeException e) {
            LOG.warn("packs of {} could not be combined; this is tried again after the next fetch", directory, e);
        }
    }

    @Override
    public void close() {
        repository.close();
    }
}
