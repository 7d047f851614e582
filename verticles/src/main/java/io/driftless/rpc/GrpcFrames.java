package io.driftless.rpc;

import io.driftless.http.HttpFailure;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.Iterator;
import java.util.NoSuchElementException;

/// The frames that messages travel in: a flag, four bytes of length, the message.
final class GrpcFrames {
    private static final int HEAD = 5;
    private static final int COMPRESSED = 1;

    private GrpcFrames() {}

    static byte[] message(byte[] message) {
        return frame((byte) 0, message);
    }

    /// The same, copied once.
    static Buffer framed(byte[] message) {
        return Buffer.buffer(HEAD + message.length)
                .appendByte((byte) 0)
                .appendInt(message.length)
                .appendBytes(message);
    }

    /// The trailers of gRPC-Web, which travel in the body.
    static byte[] trailers(byte[] lines) {
        return frame((byte) 0x80, lines);
    }

    private static byte[] frame(byte flag, byte[] content) {
        return ByteBuffer.allocate(HEAD + content.length)
                .put(flag)
                .putInt(content.length)
                .put(content)
                .array();
    }

    /// The one message of a request body; fails with [HttpFailure] when it holds something else.
    static byte[] only(byte[] body) {
        if (body.length < HEAD) {
            throw HttpFailure.invalid("the request holds no message");
        }
        byte[] message = next(body, 0);
        if (HEAD + message.length != body.length) {
            throw HttpFailure.invalid("the request does not hold exactly one message");
        }
        return message;
    }

    /// The messages of a request body, each cut out when it is asked for, which fails with [HttpFailure] where the
    /// body holds something else.
    static Iterable<byte[]> all(byte[] body) {
        return () -> new Iterator<>() {
            private int at;

            @Override
            public boolean hasNext() {
                return at < body.length;
            }

            @Override
            public byte[] next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                byte[] message = GrpcFrames.next(body, at);
                at += HEAD + message.length;
                return message;
            }
        };
    }

    private static byte[] next(byte[] body, int at) {
        if (body.length - at < HEAD) {
            throw HttpFailure.invalid("the request ends within the head of a message");
        }
        ByteBuffer in = ByteBuffer.wrap(body, at, body.length - at);
        int flag = in.get();
        if ((flag & COMPRESSED) != 0) {
            throw HttpFailure.unsupported("a compressed message");
        }
        if (flag != 0) {
            throw HttpFailure.invalid("the frame of the message has the unknown flag " + (flag & 0xff));
        }
        int length = in.getInt();
        if (length < 0 || length > in.remaining()) {
            throw HttpFailure.invalid("a message is longer than the request");
        }
        return Arrays.copyOfRange(body, at + HEAD, at + HEAD + length);
    }

    /// The bytes of a text body: pieces of base64, each with its own padding.
    static byte[] fromText(byte[] text) {
        byte[] bytes = new byte[text.length / 4 * 3 + 3];
        int length = 0;
        try {
            for (int start = 0; start < text.length; ) {
                int end = pieceEnd(text, start);
                byte[] piece = Base64.getDecoder().decode(Arrays.copyOfRange(text, start, end));
                System.arraycopy(piece, 0, bytes, length, piece.length);
                length += piece.length;
                start = end;
            }
        } catch (IllegalArgumentException e) {
            throw HttpFailure.invalid("the body is not base64");
        }
        return Arrays.copyOf(bytes, length);
    }

    private static int pieceEnd(byte[] text, int start) {
        int end = start;
        while (end < text.length && text[end] != '=') {
            end++;
        }
        while (end < text.length && text[end] == '=') {
            end++;
        }
        return end;
    }
}
