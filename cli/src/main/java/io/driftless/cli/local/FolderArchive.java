package io.driftless.cli.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.zip.GZIPOutputStream;

/// The files of a folder as a compressed tar archive, to have the server render them.
public final class FolderArchive {
    private static final int BLOCK = 512;
    /// More than this no server takes.
    private static final int MOST_BYTES = 16 * 1024 * 1024;
    private static final int LONGEST_NAME = 100;

    private FolderArchive() {}

    /// @param wanted which files, by their names; links are left out
    /// @throws IllegalArgumentException saying why there is none
    public static byte[] of(Path folder, Predicate<String> wanted) {
        if (!Files.isDirectory(folder)) {
            throw new IllegalArgumentException(folder + ": there is no such directory");
        }
        try {
            List<Path> files = files(folder, wanted);
            if (files.isEmpty()) {
                throw new IllegalArgumentException(folder + " holds no files to send: see --local-include");
            }
            ByteArrayOutputStream archive = new ByteArrayOutputStream();
            try (OutputStream packed = new GZIPOutputStream(archive)) {
                for (Path file : files) {
                    String name = folder.relativize(file).toString().replace('\\', '/');
                    write(packed, name, Files.readAllBytes(file));
                    if (archive.size() > MOST_BYTES) {
                        throw new IllegalArgumentException(
                                folder + " is too large to be sent: send fewer files with --local-include");
                    }
                }
                packed.write(new byte[2 * BLOCK]);
            }
            return archive.toByteArray();
        } catch (IOException e) {
            throw new IllegalArgumentException("a file cannot be read: " + e.getMessage(), e);
        } catch (UncheckedIOException e) {
            throw new IllegalArgumentException("a file cannot be read: " + e.getMessage(), e);
        }
    }

    private static List<Path> files(Path folder, Predicate<String> wanted) throws IOException {
        List<Path> files = new ArrayList<>();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes facts) {
                return directory.endsWith(".git") ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes facts) {
                if (facts.isRegularFile() && wanted.test(String.valueOf(file.getFileName()))) {
                    files.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        files.sort(null);
        return files;
    }

    /// Long names stand in a header of their own before that of the file.
    private static void write(OutputStream out, String name, byte[] content) throws IOException {
        byte[] bytes = name.getBytes(UTF_8);
        if (bytes.length > LONGEST_NAME) {
            out.write(header("long-name".getBytes(UTF_8), 'x', record(name).length));
            padded(out, record(name));
        }
        out.write(header(bytes, '0', content.length));
        padded(out, content);
    }

    /// Its length counts its own digits.
    private static byte[] record(String name) {
        int rest = (" path=" + name + "\n").getBytes(UTF_8).length;
        int length = rest + 1;
        while (Integer.toString(length).length() + rest != length) {
            length++;
        }
        return (length + " path=" + name + "\n").getBytes(UTF_8);
    }

    private static void padded(OutputStream out, byte[] content) throws IOException {
        out.write(content);
        out.write(new byte[-content.length & BLOCK - 1]);
    }

    private static byte[] header(byte[] name, char type, int size) {
        byte[] block = new byte[BLOCK];
        System.arraycopy(name, 0, block, 0, Math.min(name.length, LONGEST_NAME));
        put(block, 100, "0000644\0" + "0000000\0" + "0000000\0");
        put(block, 124, "%011o\0".formatted(size) + "00000000000\0" + "        " + type);
        put(block, 257, "ustar\0" + "00");
        int sum = 0;
        for (byte b : block) {
            sum += b & 0xff;
        }
        put(block, 148, "%06o\0".formatted(sum));
        return block;
    }

    private static void put(byte[] block, int at, String text) {
        byte[] bytes = text.getBytes(UTF_8);
        System.arraycopy(bytes, 0, block, at, bytes.length);
    }
}
