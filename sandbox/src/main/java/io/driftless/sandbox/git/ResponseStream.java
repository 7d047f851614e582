package io.driftless.sandbox.git;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Lets blocking code write a response: small answers leave in one piece, large ones in chunks at
/// the pace of the client.
final class ResponseStream extends OutputStream {
    private static final int CHUNK = 128 * 1024;
    private static final long STALLED_SECONDS = 120;

    private final HttpServerResponse response;
    private Buffer pending = Buffer.buffer(4096);

    ResponseStream(HttpServerResponse response) {
        this.response = response;
    }

    @Override
    public void write(int b) throws IOException {
        pending.appendByte((byte) b);
        if (pending.length() >= CHUNK) {
            send();
        }
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        pending.appendBytes(bytes, offset, length);
        if (pending.length() >= CHUNK) {
            send();
        }
    }

    /// JGit flushes after every packet; waiting for a full chunk spares the many small writes.
    @Override
    public void flush() {}

    private void send() throws IOException {
        Buffer chunk = pending;
        pending = Buffer.buffer(CHUNK);
        if (!response.headWritten()) {
            response.setChunked(true);
        }
        // Waiting for each chunk bounds the memory that a slow reader can occupy.
        await(response.write(chunk));
    }

    @Override
    public void close() throws IOException {
        if (!response.ended()) {
            await(response.end(pending));
        }
    }

    private static void await(Future<Void> written) throws IOException {
        try {
            written.toCompletionStage().toCompletableFuture().get(STALLED_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("the client stopped reading", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while answering", e);
        }
    }
}
