package io.driftless.sandbox;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/// Compresses an answer where it is long and the client takes gzip, from the length on from which the real
/// server does. Watches are never compressed.
final class Compression {
    private static final int LONG = 128 * 1024;
    private static final ScopedValue<Boolean> TAKEN = ScopedValue.newInstance();

    private Compression() {}

    /// Remembers for the time of the handling whether this client takes gzip.
    static Runnable around(HttpServerRequest request, Runnable handling) {
        return taken(request) && !Answers.flag(request, "watch")
                ? () -> ScopedValue.where(TAKEN, true).run(handling)
                : handling;
    }

    /// A weight is not looked at: only the plain word counts, as on the real server.
    private static boolean taken(HttpServerRequest request) {
        String accepted = request.getHeader("accept-encoding");
        if (accepted == null) {
            return false;
        }
        for (String one : accepted.toLowerCase(Locale.ROOT).split(",")) {
            if (one.strip().equals("gzip")) {
                return true;
            }
        }
        return false;
    }

    /// Ends an answer whose other headers are set.
    static void end(HttpServerResponse response, Buffer body) {
        if (TAKEN.isBound() && body.length() >= LONG) {
            response.putHeader("content-encoding", "gzip")
                    .putHeader("vary", "Accept-Encoding")
                    .end(compressed(body));
        } else {
            response.end(body);
        }
    }

    private static Buffer compressed(Buffer body) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(body.length() / 8);
        try (OutputStream gzip = new Quick(out)) {
            gzip.write(body.getBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Buffer.buffer(out.toByteArray());
    }

    /// The quickest level: what travels here travels inside one machine.
    private static final class Quick extends GZIPOutputStream {
        Quick(OutputStream out) throws IOException {
            super(out, 64 * 1024);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }
}
