package io.driftless.manifest.git;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.lib.AbbreviatedObjectId;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.ObjectDatabase;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;

/// Objects that arrived a moment ago and are not on disk yet, in front of those that are: nobody who waits for a commit
/// waits for the disk. Safe for concurrent use.
final class RecentObjects extends ObjectDatabase {
    /// @param type as in JGit's Constants
    record Recent(int type, byte[] data) {}

    private final ObjectDatabase disk;
    private final Map<ObjectId, Recent> objects = new ConcurrentHashMap<>();
    private final AtomicLong bytes = new AtomicLong();

    RecentObjects(ObjectDatabase disk) {
        this.disk = disk;
    }

    void add(Map<ObjectId, Recent> arrived) {
        arrived.forEach((id, object) -> {
            if (objects.putIfAbsent(id, object) == null) {
                bytes.addAndGet(object.data.length);
            }
        });
    }

    /// How much is held.
    long bytes() {
        return bytes.get();
    }

    /// What is held now, to be written and then dropped.
    Map<ObjectId, Recent> snapshot() {
        return Map.copyOf(objects);
    }

    void drop(Collection<ObjectId> written) {
        for (ObjectId id : written) {
            Recent gone = objects.remove(id);
            if (gone != null) {
                bytes.addAndGet(-gone.data.length);
            }
        }
    }

    @Override
    public ObjectReader newReader() {
        return new Reader(disk.newReader());
    }

    @Override
    public ObjectInserter newInserter() {
        return disk.newInserter();
    }

    @Override
    public long getApproximateObjectCount() {
        return disk.getApproximateObjectCount();
    }

    @Override
    public void close() {
        objects.clear();
        disk.close();
    }

    private final class Reader extends ObjectReader {
        private final ObjectReader below;

        Reader(ObjectReader below) {
            this.below = below;
        }

        @Override
        public ObjectReader newReader() {
            return RecentObjects.this.newReader();
        }

        @Override
        public boolean has(AnyObjectId id, int type) throws IOException {
            Recent recent = objects.get(id.toObjectId());
            if (recent != null) {
                return true;
            }
            // Told apart because JGit opens an object to learn its type, and one that is not there becomes an
            // exception.
            return type == OBJ_ANY ? below.has(id) : below.has(id, type);
        }

        @Override
        public ObjectLoader open(AnyObjectId id, int type) throws IOException {
            Recent recent = objects.get(id.toObjectId());
            if (recent == null) {
                return below.open(id, type);
            }
            if (type != OBJ_ANY && type != recent.type) {
                throw new IncorrectObjectTypeException(id.copy(), type);
            }
            return new ObjectLoader.SmallObject(recent.type, recent.data);
        }

        @Override
        public long getObjectSize(AnyObjectId id, int type) throws IOException {
            Recent recent = objects.get(id.toObjectId());
            return recent == null ? below.getObjectSize(id, type) : recent.data.length;
        }

        @Override
        public Collection<ObjectId> resolve(AbbreviatedObjectId prefix) throws IOException {
            Set<ObjectId> found = new LinkedHashSet<>(below.resolve(prefix));
            objects.keySet().stream()
                    .filter(id -> prefix.prefixCompare(id) == 0)
                    .forEach(found::add);
            return new ArrayList<>(found);
        }

        @Override
        public Set<ObjectId> getShallowCommits() throws IOException {
            return below.getShallowCommits();
        }

        @Override
        public void close() {
            below.close();
        }
    }
}
