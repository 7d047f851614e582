package io.driftless.manifest;

import io.driftless.manifest.git.SourceTree;
import io.driftless.manifest.render.RenderLimits;
import io.driftless.manifest.render.SourceFiles;
import java.util.List;
import java.util.Optional;

/// A commit as the renderer sees it.
record CommitFiles(SourceTree tree) implements SourceFiles {
    @Override
    public String revision() {
        return tree.revision();
    }

    @Override
    public Optional<Entry> entry(String path) {
        return Optional.ofNullable(tree.entry(path)).map(CommitFiles::entry);
    }

    @Override
    public List<Entry> list(String directory) {
        return tree.list(directory).stream().map(CommitFiles::entry).toList();
    }

    @Override
    public byte[] read(String path) {
        return tree.read(path, RenderLimits.DEFAULT.fileBytes());
    }

    private static Entry entry(SourceTree.Entry found) {
        Kind kind = switch (found.kind()) {
            case FILE -> Kind.FILE;
            case DIRECTORY -> Kind.DIRECTORY;
            case LINK -> Kind.LINK;
            case SUBMODULE -> Kind.SUBMODULE;
        };
        return new Entry(found.path(), kind, found.size());
    }
}
