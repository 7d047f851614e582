package io.driftless.manifest.archive;

import io.driftless.manifest.render.SourceFiles;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/// A folder that came as a compressed tar archive, as the renderer sees a commit. Nothing is written to a disk, so
/// no name and no link can lead anywhere; those that try are refused all the same, because their sender means
/// something else by them. A link inside of the folder is there and is not followed.
public final class ArchiveFiles implements SourceFiles {
    private final Map<String, Entry> entries = new HashMap<>();
    private final Map<String, TreeMap<String, Entry>> directories = new HashMap<>();
    private final Map<String, byte[]> contents = new HashMap<>();
    private final ArchiveLimits limits;

    private ArchiveFiles(ArchiveLimits limits) {
        this.limits = limits;
        directories.put("", new TreeMap<>());
    }

    /// Reads all of it; fails with [ArchiveException].
    public static ArchiveFiles read(byte[] archive, ArchiveLimits limits) {
        ArchiveFiles files = new ArchiveFiles(limits);
        try (InputStream bytes = new BoundedInput(
                new GZIPInputStream(new ByteArrayInputStream(archive), 16 * 1024), limits.unpackedBytes())) {
            TarReader tar = new TarReader(bytes);
            for (TarReader.Header header = tar.next(); header != null; header = tar.next()) {
                files.take(tar, header);
            }
            bytes.transferTo(java.io.OutputStream.nullOutputStream()); // its own check sum is behind it
        } catch (IOException e) {
            throw new ArchiveException("the archive is not a complete gzip of a tar: " + e.getMessage(), e);
        }
        return files;
    }

    private void take(TarReader tar, TarReader.Header header) throws IOException {
        String path = EntryName.path(header.name());
        if (header.size() > limits.unpackedBytes()) {
            throw BoundedInput.tooLarge(limits.unpackedBytes());
        }
        if (header.type() == '5') {
            tar.passOver(header);
            directory(path);
        } else if (path.isEmpty()) {
            throw EntryName.refused(header.name(), "is the folder itself and no directory");
        } else if (header.file()) {
            add(new Entry(path, Kind.FILE, header.size()));
            if (header.size() > limits.keptBytes()) {
                tar.passOver(header);
            } else {
                contents.put(path, tar.content(header));
            }
        } else if (header.type() == '2') {
            if (!EntryName.inside(path, header.target())) {
                throw EntryName.refused(
                        header.name(), "is a link out of the folder, to " + EntryName.shown(header.target()));
            }
            add(new Entry(path, Kind.LINK, 0));
        } else {
            throw EntryName.refused(
                    header.name(),
                    "is neither a file nor a directory nor a symbolic link (type " + header.type() + ")");
        }
    }

    private void add(Entry entry) {
        if (entries.containsKey(entry.path()) || directories.containsKey(entry.path())) {
            throw EntryName.refused(entry.path(), "is there twice");
        }
        put(entry);
    }

    private void directory(String path) {
        if (directories.containsKey(path)) {
            return;
        }
        if (entries.containsKey(path)) {
            throw EntryName.refused(path, "is both a directory and something else");
        }
        directories.put(path, new TreeMap<>());
        put(new Entry(path, Kind.DIRECTORY, 0));
    }

    private void put(Entry entry) {
        int slash = entry.path().lastIndexOf('/');
        String parent = slash < 0 ? "" : entry.path().substring(0, slash);
        directory(parent);
        if (entries.size() >= limits.entries()) {
            throw new ArchiveException("the archive holds more than " + limits.entries() + " files and directories");
        }
        entries.put(entry.path(), entry);
        directories.getOrDefault(parent, new TreeMap<>()).put(entry.name(), entry);
    }

    /// The word that stands for a commit in manifests that name theirs, as Argo CD has it.
    @Override
    public String revision() {
        return "streamed";
    }

    @Override
    public Optional<Entry> entry(String path) {
        return Optional.ofNullable(entries.get(path));
    }

    @Override
    public List<Entry> list(String directory) {
        return List.copyOf(directories.getOrDefault(directory, new TreeMap<>()).values());
    }

    @Override
    public byte[] read(String path) {
        byte[] content = contents.get(path);
        if (content == null) {
            throw new ArchiveException("the content of " + EntryName.shown(path) + " was not kept");
        }
        return content.clone();
    }
}
