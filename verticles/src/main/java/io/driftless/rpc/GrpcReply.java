package io.driftless.rpc;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.driftless.http.HttpFailure;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The answer to one gRPC request, in its dialect: trailers of HTTP/2, or gRPC-Web's in the body, plain or as text.
final class GrpcReply {
    private final HttpServerResponse response;
    private final Dialect dialect;

    /// How the client speaks.
    enum Dialect {
        GRPC,
        WEB,
        WEB_TEXT;

        /// The dialect of a content type; null when it is not gRPC at all.
        static @Nullable Dialect of(@Nullable String contentType) {
            if (contentType == null || !contentType.startsWith("application/grpc")) {
                return null;
            }
            return contentType.startsWith("application/grpc-web-text")
                    ? WEB_TEXT
                    : contentType.startsWith("application/grpc-web") ? WEB : GRPC;
        }

        private String contentType() {
            return switch (this) {
                case GRPC -> "application/grpc";
                case WEB -> "application/grpc-web+proto";
                case WEB_TEXT -> "application/grpc-web-text+proto";
            };
        }
    }

    GrpcReply(HttpServerResponse response, Dialect dialect) {
        this.response = response;
        this.dialect = dialect;
    }

    /// Announces a stream, so that the client knows that it was accepted.
    void begin() {
        head();
        response.writeHead();
    }

    void write(byte[] message) {
        if (!response.headWritten()) {
            head();
        }
        response.write(framed(message));
    }

    void single(byte[] message, Map<String, String> metadata) {
        metadata.forEach((name, value) -> response.putHeader(name.toLowerCase(java.util.Locale.ROOT), value));
        if (response.closed() || response.ended()) {
            return;
        }
        if (dialect == Dialect.GRPC) {
            // In one go: a message and a trailer by themselves would each be a round through the connection.
            head();
            response.putTrailer("grpc-status", "0");
            response.end(framed(message));
        } else {
            write(message);
            finish(0, "");
        }
    }

    void end() {
        if (!response.headWritten()) {
            head();
        }
        finish(0, "");
    }

    /// An error is told in the head when nothing has been sent, because proxies look there first.
    void fail(HttpFailure failure) {
        if (response.closed() || response.ended()) {
            return;
        }
        if (response.headWritten()) {
            finish(failure.code(), failure.text());
            return;
        }
        head();
        response.putHeader("grpc-status", Integer.toString(failure.code()))
                .putHeader("grpc-message", percentEncoded(failure.text()))
                .end();
    }

    private void head() {
        response.putHeader("content-type", dialect.contentType())
                .putHeader("grpc-accept-encoding", "identity")
                .putHeader("cache-control", "no-store");
        response.setChunked(true);
    }

    private void finish(int code, String message) {
        if (response.closed() || response.ended()) {
            return;
        }
        if (dialect == Dialect.GRPC) {
            response.putTrailer("grpc-status", Integer.toString(code));
            if (!message.isEmpty()) {
                response.putTrailer("grpc-message", percentEncoded(message));
            }
            response.end();
            return;
        }
        String lines = "grpc-status: " + code + "\r\n"
                + (message.isEmpty() ? "" : "grpc-message: " + percentEncoded(message) + "\r\n");
        response.end(encoded(GrpcFrames.trailers(lines.getBytes(UTF_8))));
    }

    private Buffer framed(byte[] message) {
        return dialect == Dialect.WEB_TEXT ? encoded(GrpcFrames.message(message)) : GrpcFrames.framed(message);
    }

    private Buffer encoded(byte[] frame) {
        return Buffer.buffer(dialect == Dialect.WEB_TEXT ? Base64.getEncoder().encode(frame) : frame);
    }

    /// Printable ASCII but `%` stands for itself.
    static String percentEncoded(String message) {
        StringBuilder text = new StringBuilder(message.length() + 16);
        for (byte b : message.getBytes(UTF_8)) {
            if (b >= 0x20 && b < 0x7f && b != '%') {
                text.append((char) b);
            } else {
                text.append('%')
                        .append(Character.toUpperCase(Character.forDigit(b >> 4 & 0xf, 16)))
                        .append(Character.toUpperCase(Character.forDigit(b & 0xf, 16)));
            }
        }
        return text.toString();
    }
}
