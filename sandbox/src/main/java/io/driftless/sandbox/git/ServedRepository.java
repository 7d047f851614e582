package io.driftless.sandbox.git;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.internal.storage.pack.CachedPack;
import org.eclipse.jgit.internal.storage.pack.ObjectReuseAsIs;
import org.eclipse.jgit.internal.storage.pack.ObjectToPack;
import org.eclipse.jgit.internal.storage.pack.PackOutputStream;
import org.eclipse.jgit.internal.storage.pack.PackWriter;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.BitmapIndex.BitmapBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.ProgressMonitor;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/// A bare repository whose folders are read from disk once.
final class ServedRepository extends FileRepository {
    private final KeptTrees trees = new KeptTrees();

    ServedRepository(FileRepositoryBuilder where) throws IOException {
        super(where);
    }

    @Override
    public ObjectReader newObjectReader() {
        return new Reader<>((ObjectReader & ObjectReuseAsIs) super.newObjectReader());
    }

    /// What a reader of files can do, so that packs are still sent in the form in which they are stored.
    private final class Reader<R extends ObjectReader & ObjectReuseAsIs> extends ObjectReader.Filter
            implements ObjectReuseAsIs {
        private final R files;

        Reader(R files) {
            this.files = files;
        }

        @Override
        protected ObjectReader delegate() {
            return files;
        }

        @Override
        public ObjectReader newReader() {
            return newObjectReader();
        }

        @Override
        public ObjectLoader open(AnyObjectId id, int type) throws IOException {
            if (type != Constants.OBJ_TREE) {
                return files.open(id, type);
            }
            byte[] kept = trees.get(id);
            if (kept != null) {
                return new ObjectLoader.SmallObject(Constants.OBJ_TREE, kept);
            }
            ObjectLoader read = files.open(id, type);
            if (!read.isLarge()) {
                trees.put(id, read.getCachedBytes());
            }
            return read;
        }

        @Override
        public ObjectToPack newObjectToPack(AnyObjectId id, int type) {
            return files.newObjectToPack(id, type);
        }

        @Override
        public void selectObjectRepresentation(
                PackWriter packer, ProgressMonitor monitor, Iterable<ObjectToPack> objects) throws IOException {
            files.selectObjectRepresentation(packer, monitor, objects);
        }

        @Override
        public void writeObjects(PackOutputStream out, List<ObjectToPack> objects) throws IOException {
            files.writeObjects(out, objects);
        }

        @Override
        public void copyObjectAsIs(PackOutputStream out, ObjectToPack object, boolean validate)
                throws IOException, org.eclipse.jgit.errors.StoredObjectRepresentationNotAvailableException {
            files.copyObjectAsIs(out, object, validate);
        }

        @Override
        public void copyPackAsIs(PackOutputStream out, CachedPack pack) throws IOException {
            files.copyPackAsIs(out, pack);
        }

        @Override
        public Collection<CachedPack> getCachedPacksAndUpdate(BitmapBuilder needed) throws IOException {
            return files.getCachedPacksAndUpdate(needed);
        }
    }
}
