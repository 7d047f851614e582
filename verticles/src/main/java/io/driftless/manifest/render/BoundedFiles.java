package io.driftless.manifest.render;

import java.util.List;
import java.util.Optional;

/// The files of one render with its limits: refuses links and submodules, single files that are too
/// large and too much in total.
final class BoundedFiles {
    private final SourceFiles files;
    private final RenderLimits limits;
    private long total;
    private int directories;

    BoundedFiles(SourceFiles files, RenderLimits limits) {
        this.files = files;
        this.limits = limits;
    }

    RenderLimits limits() {
        return limits;
    }

    String revision() {
        return files.revision();
    }

    Optional<SourceFiles.Entry> entry(String path) {
        return path.isEmpty()
                ? Optional.of(new SourceFiles.Entry("", SourceFiles.Kind.DIRECTORY, 0))
                : files.entry(path);
    }

    boolean isFile(String path) {
        return entry(path)
                .filter(entry -> entry.kind() == SourceFiles.Kind.FILE)
                .isPresent();
    }

    boolean isDirectory(String path) {
        return entry(path)
                .filter(entry -> entry.kind() == SourceFiles.Kind.DIRECTORY)
                .isPresent();
    }

    List<SourceFiles.Entry> list(String directory) {
        return files.list(directory);
    }

    void visitDirectory(String directory) {
        if (++directories > limits.directories()) {
            throw new RefusedRender(directory + ": the build visits more than " + limits.directories()
                    + " directories, which is beyond the limit; reuse fewer bases or split the application");
        }
    }

    byte[] read(SourceFiles.Entry entry) {
        switch (entry.kind()) {
            case FILE -> {}
            case DIRECTORY -> throw new RefusedRender(entry.path() + ": is a directory where a file is needed");
            case LINK ->
                throw new RefusedRender(
                        entry.path() + ": symbolic links are not supported yet; put the file itself there");
            case SUBMODULE -> throw new RefusedRender(entry.path() + ": Git submodules are not supported yet");
        }
        if (entry.size() > limits.fileBytes()) {
            throw new RefusedRender(entry.path() + ": the file has " + entry.size() + " bytes, more than the "
                    + limits.fileBytes() + " allowed; split it");
        }
        byte[] content = files.read(entry.path());
        total += content.length;
        if (total > limits.totalBytes()) {
            throw new RefusedRender(entry.path() + ": with this file the application has more than "
                    + limits.totalBytes() + " bytes of manifests, which is beyond the limit; split the application");
        }
        return content;
    }
}
