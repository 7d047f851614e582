package io.driftless.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// From the moment a change is sent to the moment the last of many watchers has its event.
final class FanOut implements AutoCloseable {
    static final int WATCHERS = 20;
    private static final long LIMIT_SECONDS = 30;
    private final String namespace;
    private final RawApi writer;
    private final List<RawApi> watchers = new ArrayList<>();
    private final List<Double> samples = new ArrayList<>();
    private volatile Expected expected = new Expected("", new CountDownLatch(0));
    private volatile @Nullable IOException failure;
    private int edition;

    private record Expected(String text, CountDownLatch missing) {}

    FanOut(ApiAddress address, String namespace) throws IOException {
        this.namespace = namespace;
        this.writer = new RawApi(address);
        for (int i = 0; i < WATCHERS; i++) {
            RawApi watcher = new RawApi(address);
            watchers.add(watcher);
            watcher.watch("/api/v1/namespaces/" + namespace + "/configmaps?watch=true");
            Thread.ofPlatform().daemon().name("watcher-" + i).start(() -> read(watcher));
        }
    }

    private void read(RawApi watcher) {
        try {
            while (true) {
                String lines = watcher.lines();
                Expected now = expected;
                if (lines.contains(now.text)) {
                    now.missing.countDown();
                }
            }
        } catch (IOException e) {
            failure = e;
        }
    }

    void sample(boolean counted) throws IOException, InterruptedException {
        String text = "seen-" + edition++ + "-";
        Expected wished = new Expected("\"" + text + "\"", new CountDownLatch(WATCHERS));
        expected = wished;
        long start = System.nanoTime();
        writer.apply(
                "/api/v1/namespaces/" + namespace + "/configmaps/watched",
                SandboxObjects.configMap(namespace, "watched", text));
        if (!wished.missing.await(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            throw new IOException(wished.missing.getCount() + " of " + WATCHERS + " watchers saw no event", failure);
        }
        if (counted) {
            samples.add((System.nanoTime() - start) / 1e6);
        }
    }

    List<Double> samples() {
        return samples;
    }

    @Override
    public void close() throws IOException {
        for (RawApi watcher : watchers) {
            watcher.close();
        }
        writer.close();
    }
}
