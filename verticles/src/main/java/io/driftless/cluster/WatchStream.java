package io.driftless.cluster;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// One HTTP answer that never ends, read line by line on the thread that runs it. The next chunk is
/// asked for when the one before is worked off, so that a slow handler slows the server down
/// instead of filling memory.
final class WatchStream {
    private static final long CONNECT_SECONDS = 10;

    private final ApiConnection connection;
    private final BlockingQueue<Chunk> chunks = new LinkedBlockingQueue<>();
    private volatile @Nullable AsyncBody body;

    private record Chunk(List<ByteBuffer> data, @Nullable Throwable end, boolean last) {}

    WatchStream(ApiConnection connection) {
        this.connection = connection;
    }

    /// Reads until the server ends the stream (returns), it breaks ([ClusterUnreachableException]), the server
    /// refuses ([ApiException]), nothing comes for `silenceMillis`, or the thread is interrupted.
    void run(String path, LongSupplier silenceMillis, Runnable connected, Consumer<byte[]> lines)
            throws InterruptedException {
        KubernetesClient client = connection.client();
        HttpRequest request = connection.streaming(client, path);
        CompletableFuture<HttpResponse<AsyncBody>> answer =
                client.getHttpClient().consumeBytes(request, (data, more) -> chunks.add(new Chunk(data, null, false)));
        try {
            HttpResponse<AsyncBody> response = answer.get(CONNECT_SECONDS, TimeUnit.SECONDS);
            AsyncBody opened = response.body();
            body = opened;
            opened.done().whenComplete((nothing, error) -> chunks.add(new Chunk(List.of(), error, true)));
            if (!response.isSuccessful()) {
                throw connection.refused(
                        client, ApiConnection.refusal(response.code(), all(client, opened), "watch " + path));
            }
            connected.run();
            opened.consume();
            LineReader reader = new LineReader(lines);
            for (Chunk chunk = next(client, silenceMillis.getAsLong());
                    !chunk.last();
                    chunk = next(client, silenceMillis.getAsLong())) {
                reader.read(chunk.data());
                opened.consume();
            }
        } catch (ExecutionException | TimeoutException e) {
            throw connection.unreachable(client, e);
        } finally {
            cancel();
            answer.cancel(true);
        }
    }

    private Chunk next(KubernetesClient client, long silenceMillis) throws InterruptedException {
        Chunk chunk = chunks.poll(silenceMillis, TimeUnit.MILLISECONDS);
        if (chunk == null) {
            return new Chunk(List.of(), null, true);
        }
        if (chunk.end() != null) {
            throw connection.unreachable(client, chunk.end());
        }
        return chunk;
    }

    private byte[] all(KubernetesClient client, AsyncBody opened) throws InterruptedException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        opened.consume();
        for (Chunk chunk = next(client, CONNECT_SECONDS * 1000);
                !chunk.last();
                chunk = next(client, CONNECT_SECONDS * 1000)) {
            for (ByteBuffer data : chunk.data()) {
                byte[] part = new byte[data.remaining()];
                data.get(part);
                bytes.writeBytes(part);
            }
            opened.consume();
        }
        return bytes.toByteArray();
    }

    void cancel() {
        AsyncBody open = body;
        if (open != null) {
            open.cancel();
        }
    }
}
