package io.driftless.proto;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;

/// Reads the primitives of the wire format from bytes, never beyond a limit.
final class WireInput {
    private final byte[] bytes;
    private int at;
    private int limit;

    WireInput(byte[] bytes) {
        this.bytes = bytes;
        this.limit = bytes.length;
    }

    boolean atLimit() {
        return at == limit;
    }

    long varint() throws WireException {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            if (at == limit) {
                throw new WireException("the message ends within a number");
            }
            byte b = bytes[at++];
            value |= (long) (b & 0x7f) << shift;
            if (b >= 0) {
                return value;
            }
        }
        throw new WireException("a number is longer than 10 bytes");
    }

    /// The length of what follows, checked against what is left.
    private int length() throws WireException {
        long length = varint();
        if (length < 0 || length > limit - at) {
            throw new WireException("a length points beyond the end of the message");
        }
        return (int) length;
    }

    /// Narrows the limit to a part that begins with its length; returns the limit to go back to.
    int enter() throws WireException {
        int length = length();
        int outer = limit;
        limit = at + length;
        return outer;
    }

    void leave(int outer) {
        at = limit;
        limit = outer;
    }

    byte[] bytes() throws WireException {
        int length = length();
        byte[] part = new byte[length];
        System.arraycopy(bytes, at, part, 0, length);
        at += length;
        return part;
    }

    String string() throws WireException {
        int length = length();
        int start = at;
        at += length;
        for (int i = start; i < at; i++) {
            if (bytes[i] < 0) {
                return decoded(start, length);
            }
        }
        return new String(bytes, start, length, UTF_8);
    }

    private String decoded(int start, int length) throws WireException {
        try {
            return UTF_8.newDecoder()
                    .decode(ByteBuffer.wrap(bytes, start, length))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new WireException("a text is not valid UTF-8");
        }
    }

    /// Passes over a field that is not known.
    void skip(int wireType) throws WireException {
        switch (wireType) {
            case 0 -> varint();
            case 1 -> skipBytes(8);
            case 2 -> skipBytes(length());
            case 5 -> skipBytes(4);
            default -> throw new WireException("wire type " + wireType + " is not supported");
        }
    }

    private void skipBytes(int count) throws WireException {
        if (count > limit - at) {
            throw new WireException("the message ends within a field");
        }
        at += count;
    }
}
