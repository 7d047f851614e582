package io.driftless.manifest.git;

import io.driftless.manifest.git.RecentObjects.Recent;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.errors.TooLargePackException;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectDatabase;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.transport.PackParser;
import org.eclipse.jgit.transport.PackedObjectInfo;

/// Unpacks a pack that is held in memory. JGit checks it (structure, checksums, ids, deltas on objects of `database`);
/// nothing is written.
final class SmallPack extends PackParser {
    private final byte[] pack;
    private final long limit;
    private final Map<ObjectId, Recent> objects = new HashMap<>();
    private long unpacked;
    private int position;

    private SmallPack(byte[] pack, ObjectDatabase database, long limit) {
        super(database, new ByteArrayInputStream(pack));
        this.pack = pack;
        this.limit = limit;
    }

    /// Fails with [TooLargePackException] when the objects would take more than `limit` bytes.
    static Map<ObjectId, Recent> unpack(byte[] pack, ObjectDatabase database, long limit) throws IOException {
        SmallPack parser = new SmallPack(pack, database, limit);
        parser.setAllowThin(true);
        parser.setMaxObjectSizeLimit(limit);
        parser.parse(NullProgressMonitor.INSTANCE);
        for (int i = 0; i < parser.getObjectCount(); i++) {
            PackedObjectInfo object = parser.getObject(i);
            if (!parser.objects.containsKey(object)) {
                parser.inflate(object);
            }
        }
        return parser.objects;
    }

    /// Blobs that are no deltas pass JGit as streams and are read from the pack once more.
    private void inflate(PackedObjectInfo object) throws IOException {
        int at = (int) object.getOffset();
        int head = pack[at++] & 0xff;
        int type = (head >> 4) & 7;
        long size = head & 15;
        for (int shift = 4; (head & 0x80) != 0; shift += 7) {
            head = pack[at++] & 0xff;
            size |= (long) (head & 0x7f) << shift;
        }
        if (type < Constants.OBJ_COMMIT || type > Constants.OBJ_TAG) {
            throw new CorruptObjectException(object, "it is of an unknown type");
        }
        count(size);
        byte[] data = new byte[(int) size];
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(pack, at, pack.length - at);
            int done = 0;
            while (done < data.length) {
                int more = inflater.inflate(data, done, data.length - done);
                if (more == 0) {
                    throw new CorruptObjectException(object, "its compressed data ends early");
                }
                done += more;
            }
        } catch (DataFormatException e) {
            throw new CorruptObjectException(object, "its compressed data is damaged");
        } finally {
            inflater.end();
        }
        objects.put(object.copy(), new Recent(type, data));
    }

    private void count(long size) throws TooLargePackException {
        unpacked += size;
        if (unpacked > limit) {
            throw new TooLargePackException(limit);
        }
    }

    @Override
    protected void onInflatedObjectData(PackedObjectInfo object, int type, byte[] data) throws IOException {
        count(data.length);
        objects.put(object.copy(), new Recent(type, data));
    }

    @Override
    protected ObjectTypeAndSize seekDatabase(PackedObjectInfo object, ObjectTypeAndSize info) throws IOException {
        position = (int) object.getOffset();
        return readObjectHeader(info);
    }

    @Override
    protected ObjectTypeAndSize seekDatabase(UnresolvedDelta delta, ObjectTypeAndSize info) throws IOException {
        position = (int) delta.getOffset();
        return readObjectHeader(info);
    }

    @Override
    protected int readDatabase(byte[] target, int offset, int count) {
        int length = Math.min(count, pack.length - position);
        System.arraycopy(pack, position, target, offset, length);
        position += length;
        return length;
    }

    @Override
    protected boolean onAppendBase(int type, byte[] data, PackedObjectInfo info) {
        return false;
    }

    @Override
    protected boolean checkCRC(int old) {
        return true;
    }

    // The pack is in memory already, so there is nothing to store of it.

    @Override
    protected void onStoreStream(byte[] raw, int offset, int length) {}

    @Override
    protected void onObjectHeader(Source source, byte[] raw, int offset, int length) {}

    @Override
    protected void onObjectData(Source source, byte[] raw, int offset, int length) {}

    @Override
    protected void onPackHeader(long objectCount) {}

    @Override
    protected void onPackFooter(byte[] hash) {}

    @Override
    protected void onEndThinPack() {}

    @Override
    protected void onBeginWholeObject(long offset, int type, long size) {}

    @Override
    protected void onEndWholeObject(PackedObjectInfo info) {}

    @Override
    protected void onBeginOfsDelta(long offset, long base, long size) {}

    @Override
    protected void onBeginRefDelta(long offset, AnyObjectId base, long size) {}
}
