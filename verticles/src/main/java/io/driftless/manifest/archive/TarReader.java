package io.driftless.manifest.archive;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads the entries of a tar archive one after the other: those of POSIX and of GNU, with long names. Fails with
/// [ArchiveException] where the archive is malformed.
final class TarReader {
    private static final int BLOCK = 512;
    /// Of the records that stand for long names.
    private static final int LONGEST_EXTENSION = 64 * 1024;

    private final InputStream in;
    private String last = "";

    /// @param in whose size somebody else bounds
    TarReader(InputStream in) {
        this.in = in;
    }

    /// What a header says.
    ///
    /// @param type `0` file, `1` hard link, `2` symbolic link, `3` and `4` devices, `5` directory, `6` pipe
    /// @param target of a link
    record Header(String name, char type, String target, long size) {
        boolean file() {
            return type == '0' || type == '7';
        }
    }

    /// The next entry; null after the last one. Its content is to be read or passed over before the next is asked for.
    @Nullable
    Header next() throws IOException {
        String name = "";
        String target = "";
        long size = -1;
        while (true) {
            byte[] block = in.readNBytes(BLOCK);
            if (block.length < BLOCK) {
                throw new ArchiveException(place() + "the archive ends without its end mark; was all of it sent?");
            }
            if (zero(block)) {
                return null;
            }
            Header header = header(block);
            last = header.name;
            switch (header.type) {
                case 'L' -> name = text(extension(header));
                case 'K' -> target = text(extension(header));
                case 'g' -> extension(header);
                case 'x' -> {
                    Map<String, String> records = PaxRecords.read(extension(header));
                    name = records.getOrDefault("path", name);
                    target = records.getOrDefault("linkpath", target);
                    String given = records.get("size");
                    size = given == null ? size : PaxRecords.size(given);
                }
                default -> {
                    last = name.isEmpty() ? header.name : name;
                    return new Header(
                            last,
                            header.type,
                            target.isEmpty() ? header.target : target,
                            size < 0 ? header.size : size);
                }
            }
        }
    }

    /// The content of the entry.
    byte[] content(Header header) throws IOException {
        byte[] content = in.readNBytes(Math.toIntExact(header.size));
        if (content.length < header.size) {
            throw cut();
        }
        pad(header.size);
        return content;
    }

    void passOver(Header header) throws IOException {
        try {
            in.skipNBytes(header.size);
        } catch (java.io.EOFException ends) {
            throw cut();
        }
        pad(header.size);
    }

    private void pad(long size) throws IOException {
        int rest = (int) (-size & BLOCK - 1);
        if (in.readNBytes(rest).length < rest) {
            throw cut();
        }
    }

    private ArchiveException cut() {
        return new ArchiveException(place() + "the archive ends within this entry; was all of it sent?");
    }

    private byte[] extension(Header header) throws IOException {
        if (header.size > LONGEST_EXTENSION) {
            throw new ArchiveException(
                    place() + "a header with long names has more than " + LONGEST_EXTENSION + " bytes");
        }
        return content(header);
    }

    private Header header(byte[] block) {
        long sum = 0;
        for (int i = 0; i < BLOCK; i++) {
            sum += i >= 148 && i < 156 ? ' ' : block[i] & 0xff;
        }
        if (sum != number(block, 148, 8)) {
            throw new ArchiveException(
                    place() + "the check sum of a header is wrong: this is not a tar archive, or it is damaged");
        }
        String name = string(block, 0, 100);
        boolean posix = new String(block, 257, 6, java.nio.charset.StandardCharsets.ISO_8859_1).equals("ustar\0");
        String prefix = posix ? string(block, 345, 155) : "";
        char type = block[156] == 0 ? '0' : (char) (block[156] & 0xff);
        boolean link = type == '1' || type == '2';
        return new Header(
                prefix.isEmpty() ? name : prefix + '/' + name,
                type,
                string(block, 157, 100),
                link ? 0 : number(block, 124, 12));
    }

    /// Octal digits, or with the highest bit set a binary number.
    private long number(byte[] block, int at, int length) {
        long value = 0;
        if ((block[at] & 0x80) != 0) {
            for (int i = at; i < at + length; i++) {
                int part = i == at ? block[i] & 0x7f : block[i] & 0xff;
                if (value >>> 54 != 0) {
                    throw unreadable();
                }
                value = value << 8 | part;
            }
            return value;
        }
        String digits = string(block, at, length).strip();
        if (!digits.matches("[0-7]*")) {
            throw unreadable();
        }
        for (int i = 0; i < digits.length(); i++) {
            value = value << 3 | digits.charAt(i) - '0';
        }
        return value;
    }

    private ArchiveException unreadable() {
        return new ArchiveException(place() + "a number in a header cannot be read");
    }

    private String string(byte[] block, int at, int length) {
        int end = at;
        while (end < at + length && block[end] != 0) {
            end++;
        }
        return text(Arrays.copyOfRange(block, at, end));
    }

    private String text(byte[] bytes) {
        int length = bytes.length;
        while (length > 0 && bytes[length - 1] == 0) {
            length--;
        }
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, length)).toString();
        } catch (CharacterCodingException e) {
            throw new ArchiveException(place() + "a name is not valid UTF-8");
        }
    }

    /// Where the reader is, for people.
    private String place() {
        return last.isEmpty() ? "" : "at or after entry " + EntryName.shown(last) + ": ";
    }

    private static boolean zero(byte[] block) {
        for (byte b : block) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }
}
