package io.driftless.proto;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/// Writes from the end to the beginning, so that the length of a part is known when it is written before the part.
final class WireOutput {
    private byte[] bytes = new byte[512];
    private int start = bytes.length;

    /// How many bytes have been written.
    int size() {
        return bytes.length - start;
    }

    byte[] toBytes() {
        return Arrays.copyOfRange(bytes, start, bytes.length);
    }

    void varint(long value) {
        int length = 1;
        for (long rest = value >>> 7; rest != 0; rest >>>= 7) {
            length++;
        }
        room(length);
        int at = start;
        long rest = value;
        for (int i = 1; i < length; i++) {
            bytes[at++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[at] = (byte) rest;
    }

    void tag(int number, int wireType) {
        varint((long) number << 3 | wireType);
    }

    void bytes(byte[] value) {
        room(value.length);
        System.arraycopy(value, 0, bytes, start, value.length);
    }

    /// A text without its length.
    void string(String value) {
        int length = value.length();
        room(length);
        int at = start;
        for (int i = 0; i < length; i++) {
            char c = value.charAt(i);
            if (c >= 0x80) {
                start += length;
                bytes(value.getBytes(UTF_8));
                return;
            }
            bytes[at++] = (byte) c;
        }
    }

    /// Writes the length of what was written since `size` was the size.
    void lengthSince(int size) {
        varint(size() - size);
    }

    private void room(int count) {
        if (count > start) {
            int used = size();
            byte[] larger = new byte[Math.max(bytes.length * 2, used + count + 512)];
            System.arraycopy(bytes, start, larger, larger.length - used, used);
            bytes = larger;
            start = larger.length - used;
        }
        start -= count;
    }
}
