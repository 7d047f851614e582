package io.driftless.sandbox.git;

import java.io.IOException;
import java.util.Map;
import org.eclipse.jgit.internal.storage.file.ObjectDirectory;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.jspecify.annotations.Nullable;

/// Commits straight into a bare repository, without a work tree.
final class CommitWriter {
    private static final int FILES_FOR_A_PACK = 64;

    private CommitWriter() {}

    /// Adds one commit to the branch and returns the move of its ref.
    static Push commit(Repository repository, String repo, String ref, String message, Map<String, byte[]> changes)
            throws IOException {
        // A push by a client may move the branch in between: then the commit is built anew on the newer tip.
        for (int attempt = 0; attempt < 10; attempt++) {
            Ref head = repository.exactRef(ref);
            ObjectId parent = head == null ? null : head.getObjectId();
            ObjectId commit = write(repository, parent, message, changes);
            RefUpdate update = repository.updateRef(ref);
            update.setNewObjectId(commit);
            update.setExpectedOldObjectId(parent == null ? ObjectId.zeroId() : parent);
            update.disableRefLog();
            switch (update.update()) {
                case NEW, FAST_FORWARD, FORCED, NO_CHANGE -> {
                    return new Push(repo, ref, (parent == null ? ObjectId.zeroId() : parent).name(), commit.name());
                }
                case LOCK_FAILURE, REJECTED -> Thread.onSpinWait();
                default -> throw new IOException(ref + " of '" + repo + "' was not moved: " + update.getResult());
            }
        }
        throw new IOException(ref + " of '" + repo + "' is moved by others all the time");
    }

    private static ObjectId write(
            Repository repository, @Nullable ObjectId parent, String message, Map<String, byte[]> changes)
            throws IOException {
        try (RevWalk walk = new RevWalk(repository);
                ObjectInserter inserter = inserter(repository, changes.size())) {
            ObjectId base = parent == null ? null : walk.parseCommit(parent).getTree();
            var builder = new CommitBuilder();
            builder.setTreeId(new TreeEdits(walk.getObjectReader(), inserter).apply(base, changes));
            if (parent != null) {
                builder.setParentId(parent);
            }
            var author = new PersonIdent("Driftless sandbox", "sandbox@driftless.invalid");
            builder.setAuthor(author);
            builder.setCommitter(author);
            builder.setMessage(message);
            ObjectId commit = inserter.insert(builder);
            inserter.flush();
            return commit;
        }
    }

    /// Thousands of loose files would make every later fetch slow, so large commits become one pack.
    private static ObjectInserter inserter(Repository repository, int files) {
        return files >= FILES_FOR_A_PACK && repository.getObjectDatabase() instanceof ObjectDirectory directory
                ? directory.newPackInserter()
                : repository.newObjectInserter();
    }
}
