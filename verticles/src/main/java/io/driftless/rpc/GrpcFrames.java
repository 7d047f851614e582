package io.driftless.rpc;

import io.driftless.http.HttpFailure;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;

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
        ByteBuffer in = ByteBuffer.wrap(body);
        int flag = in.get();
        if ((flag & COMPRESSED) != 0) {
            throw HttpFailure.unsupported("a compressed message");
        }
        if (flag != 0) {
            throw HttpFailure.invalid("the frame of the message has the unknown flag " + (flag & 0xff));
        }
        if (in.getInt() != body.length - HEAD) {
            throw HttpFailure.invalid("the request does not hold exactly one message");
        }
        return Arrays.copyOfRange(body, HEAD, body.length);
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
