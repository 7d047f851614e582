package io.driftless.manifest.git;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Git's framing: four hexadecimal digits of length, then the payload; lengths 0 to 2 are marks.
final class PacketLines {
    private static final int HEADER = 4;

    private PacketLines() {}

    /// One packet: `data` is null for a mark (0000 flush, 0001 delimiter, 0002 end).
    record Packet(byte @Nullable [] data, int mark) {
        boolean isMark() {
            return data == null;
        }

        String text() {
            if (data == null) {
                return "";
            }
            String text = new String(data, StandardCharsets.UTF_8);
            return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
        }
    }

    /// The next packet, or null at the end of the stream.
    static @Nullable Packet read(InputStream in) throws IOException {
        byte[] header = in.readNBytes(HEADER);
        if (header.length == 0) {
            return null;
        }
        if (header.length < HEADER) {
            throw new EOFException("the answer ends within a packet");
        }
        int length;
        try {
            length = Integer.parseInt(new String(header, StandardCharsets.ISO_8859_1), 16);
        } catch (NumberFormatException e) {
            throw new IOException("the answer is not made of Git packets", e);
        }
        if (length < HEADER) {
            if (length < 0 || length == 3) {
                throw new IOException("the answer holds a packet of impossible length " + length);
            }
            return new Packet(null, length);
        }
        byte[] data = in.readNBytes(length - HEADER);
        if (data.length < length - HEADER) {
            throw new EOFException("the answer ends within a packet");
        }
        return new Packet(data, -1);
    }

    /// Collects the packets of a request.
    static final class Request {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);

        Request line(String text) {
            byte[] data = (text + "\n").getBytes(StandardCharsets.UTF_8);
            mark("%04x".formatted(data.length + HEADER));
            bytes.writeBytes(data);
            return this;
        }

        Request delimiter() {
            return mark("0001");
        }

        byte[] flush() {
            mark("0000");
            return bytes.toByteArray();
        }

        private Request mark(String text) {
            bytes.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
            return this;
        }
    }
}
