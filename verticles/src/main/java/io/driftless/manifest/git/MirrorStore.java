package io.driftless.manifest.git;

import io.driftless.manifest.git.RecentObjects.Recent;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.eclipse.jgit.errors.TooLargeObjectInPackException;
import org.eclipse.jgit.errors.TooLargePackException;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.internal.storage.file.GC;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.PackParser;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The bare repository on this machine's disk: objects and refs, no knowledge of where they come from.
final class MirrorStore implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MirrorStore.class);
    private static final int SMALL_PACK = 512 * 1024;
    private static final long MOST_UNPACKED = 8L << 20;
    private static final long MOST_RECENT = 16L << 20;
    private static final String OURS = "driftless";
    private static final String LAYOUT = "layout";
    /// Mirrors without this may hold what was read with anybody's credentials.
    private static final int OF_ONE_OPENING = 2;

    private final FileRepository repository;
    private final RecentObjects recent;
    private final MirrorRefs refs;
    private final ReentrantLock settling = new ReentrantLock();
    private final Path directory;
    private final long maxPackBytes;
    private final int maxPacks;

    private MirrorStore(FileRepository repository, Path directory, MirrorSettings settings) {
        this.repository = repository;
        this.recent = new RecentObjects(repository.getObjectDatabase());
        this.refs = new MirrorRefs(repository);
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
                LOG.warn("mirror of {} was damaged or made by an older version and is fetched anew", url);
                delete(directory);
            }
            FileRepository created = new FileRepository(directory.toFile());
            created.create(true);
            var config = created.getConfig();
            config.setString("remote", "origin", "url", url);
            config.setInt(OURS, null, LAYOUT, OF_ONE_OPENING);
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
            if (existing.getConfig().getInt(OURS, null, LAYOUT, 0) != OF_ONE_OPENING
                    || existing.exactRef(Constants.HEAD) == null) {
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

    /// The files on disk; what arrived lately is there only after [#settle].
    Repository repository() {
        return repository;
    }

    MirrorRefs refs() {
        return refs;
    }

    /// Reads everything that arrived, on disk or not.
    ObjectReader newReader() {
        return recent.newReader();
    }

    Path directory() {
        return directory;
    }

    Set<ObjectId> missing(Collection<ObjectId> ids) throws IOException {
        Set<ObjectId> missing = new LinkedHashSet<>();
        try (ObjectReader reader = newReader()) {
            for (ObjectId id : ids) {
                if (!reader.has(id)) {
                    missing.add(id);
                }
            }
        }
        return missing;
    }

    /// Takes in a pack as it arrives, completed with the objects that a thin pack leaves out: a
    /// small one into memory, one of any other size into a file.
    void receive(InputStream sideBand) throws IOException {
        try (PackStream pack = new PackStream(sideBand, maxPackBytes)) {
            byte[] start = pack.readNBytes(SMALL_PACK + 1);
            if (start.length <= SMALL_PACK && recent.bytes() < MOST_RECENT) {
                try {
                    recent.add(SmallPack.unpack(start, recent, MOST_UNPACKED));
                    return;
                } catch (TooLargeObjectInPackException | TooLargePackException unfolds) {
                    LOG.debug("a small pack of {} unfolds to much", directory);
                }
            }
            index(new SequenceInputStream(new ByteArrayInputStream(start), pack));
        }
    }

    private void index(InputStream pack) throws IOException {
        settle(); // it may build on what is only in memory
        try (ObjectInserter inserter = repository.newObjectInserter()) {
            PackParser parser = inserter.newPackParser(pack);
            parser.setAllowThin(true);
            // A delta of a few bytes can unfold to gigabytes: the same bound holds for every object.
            parser.setMaxObjectSizeLimit(maxPackBytes);
            parser.parse(NullProgressMonitor.INSTANCE);
            inserter.flush();
        }
    }

    /// Brings to disk what is only in memory: objects, then the refs that lead to them.
    void settle() throws IOException {
        settling.lock();
        try {
            Map<String, ObjectId> moves = refs.unwritten();
            Map<ObjectId, Recent> arrived = recent.snapshot();
            if (!arrived.isEmpty()) {
                try (ObjectInserter pack = repository.getObjectDatabase().newPackInserter()) {
                    for (Recent object : arrived.values()) {
                        pack.insert(object.type(), object.data());
                    }
                    pack.flush();
                }
                recent.drop(arrived.keySet());
            }
            refs.write(moves);
        } finally {
            settling.unlock();
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
            settle();
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
