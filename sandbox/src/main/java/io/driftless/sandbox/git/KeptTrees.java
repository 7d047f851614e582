package io.driftless.sandbox.git;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/// The folders of one repository that were read last, bounded by their size. Safe for concurrent use.
///
/// JGit reads every folder of the commit that a client has, to find out what it need not send; hosts with a newer `git`
/// read those alone that changed. From here it costs no file.
final class KeptTrees {
    private static final int MAX_TREE_BYTES = 64 * 1024;
    private static final int MAX_BYTES = 8 << 20;
    private static final int OVERHEAD_BYTES = 120;
    private final LinkedHashMap<ObjectId, byte[]> trees = new LinkedHashMap<>(256, 0.75f, true);
    private int bytes;

    synchronized byte @Nullable [] get(AnyObjectId id) {
        return trees.get(id.toObjectId());
    }

    synchronized void put(AnyObjectId id, byte[] tree) {
        if (tree.length > MAX_TREE_BYTES || trees.put(id.copy(), tree) != null) {
            return;
        }
        bytes += tree.length + OVERHEAD_BYTES;
        Iterator<Map.Entry<ObjectId, byte[]>> oldest = trees.entrySet().iterator();
        while (bytes > MAX_BYTES) {
            bytes -= oldest.next().getValue().length + OVERHEAD_BYTES;
            oldest.remove();
        }
    }
}
