package io.driftless.manifest.git;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/// The body of an answer as a stream, read on a virtual thread while it arrives on the event loop. What has arrived and
/// is not read yet is bounded: the connection waits for the reader.
final class ArrivingBody extends InputStream {
    private static final int MOST_UNREAD = 256 << 10;
    private static final int MOST_IGNORED = 64 << 10;

    private final HttpClientResponse response;
    private final Queue<Buffer> arrived = new ArrayDeque<>();
    private long unread;
    private boolean paused;
    private boolean ended;
    private boolean closed;
    private @Nullable Throwable failure;

    private Buffer current = Buffer.buffer();
    private int position;

    /// To be made on the event loop of the response.
    ArrivingBody(HttpClientResponse response) {
        this.response = response;
        response.handler(this::arrived);
        response.endHandler(end -> ends(null));
        response.exceptionHandler(this::ends);
    }

    private synchronized void arrived(Buffer part) {
        unread += part.length();
        if (closed) {
            if (unread > MOST_IGNORED) {
                response.request().reset();
            }
            return;
        }
        arrived.add(part);
        if (unread > MOST_UNREAD && !paused) {
            paused = true;
            response.pause();
        }
        notifyAll();
    }

    private synchronized void ends(@Nullable Throwable why) {
        ended = true;
        failure = why;
        notifyAll();
    }

    /// False at the end.
    private boolean fill() throws IOException {
        while (position == current.length()) {
            Buffer next = next();
            if (next == null) {
                return false;
            }
            current = next;
            position = 0;
        }
        return true;
    }

    private synchronized @Nullable Buffer next() throws IOException {
        while (arrived.isEmpty()) {
            if (failure != null) {
                throw new IOException("the answer broke off", failure);
            }
            if (ended) {
                return null;
            }
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw (IOException) new InterruptedIOException("interrupted while reading the answer").initCause(e);
            }
        }
        Buffer next = arrived.remove();
        unread -= next.length();
        if (paused && unread <= MOST_UNREAD / 2) {
            paused = false;
            response.resume();
        }
        return next;
    }

    @Override
    public int read() throws IOException {
        return fill() ? current.getByte(position++) & 0xff : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int count = Math.min(length, current.length() - position);
        current.getBytes(position, position + count, target, offset);
        position += count;
        return count;
    }

    /// What is still to come is little, as a rule no more than the mark of the end, and the connection serves the next
    /// request then; where it is more, the connection ends.
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            arrived.clear();
            unread = 0;
            if (paused) {
                paused = false;
                response.resume();
            }
        }
    }
}
