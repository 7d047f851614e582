package io.driftless.manifest.archive;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;

/// Writes archives byte by byte, those too that no tool would write.
final class Tar {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Tar file(String name, String content) {
        return entry(name, '0', "", content.getBytes(UTF_8));
    }

    Tar directory(String name) {
        return entry(name, '5', "", new byte[0]);
    }

    Tar link(String name, String target) {
        return entry(name, '2', target, new byte[0]);
    }

    Tar entry(String name, char type, String target, byte[] content) {
        return header(name.getBytes(UTF_8), type, target, "%011o".formatted(content.length))
                .content(content);
    }

    Tar header(byte[] name, char type, String target, String size) {
        byte[] block = new byte[512];
        put(block, 0, Arrays.copyOf(name, Math.min(name.length, 100)));
        put(block, 100, "0000644".getBytes(UTF_8));
        put(block, 124, size.getBytes(UTF_8));
        put(block, 136, "00000000000".getBytes(UTF_8));
        block[156] = (byte) type;
        put(block, 157, target.getBytes(UTF_8));
        put(block, 257, new byte[] {'u', 's', 't', 'a', 'r', 0, '0', '0'});
        put(block, 148, "        ".getBytes(UTF_8));
        int sum = 0;
        for (byte b : block) {
            sum += b & 0xff;
        }
        put(block, 148, "%06o\0 ".formatted(sum).getBytes(UTF_8));
        bytes.writeBytes(block);
        return this;
    }

    Tar content(byte[] content) {
        bytes.writeBytes(content);
        bytes.writeBytes(new byte[-content.length & 511]);
        return this;
    }

    private static void put(byte[] block, int at, byte[] what) {
        System.arraycopy(what, 0, block, at, what.length);
    }

    /// Without the end mark.
    byte[] cut() {
        return bytes.toByteArray();
    }

    byte[] plain() {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.writeBytes(bytes.toByteArray());
        whole.writeBytes(new byte[1024]);
        return whole.toByteArray();
    }

    byte[] gz() {
        return gz(plain());
    }

    static byte[] gz(byte[] plain) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }
}
