package io.driftless.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// From the moment a change is sent to the moment the last of many watchers has its event.
final class FanOut implements AutoCloseable {
    static final int WATCHERS = 20;
    private final String namespace;
    private final RawApi writer;
    private final Watchers watchers;
    private final List<Double> samples = new ArrayList<>();
    private int edition;

    FanOut(ApiAddress address, String namespace) throws IOException, InterruptedException {
        this.namespace = namespace;
        this.writer = new RawApi(address);
        this.watchers = new Watchers(address, "/api/v1/namespaces/" + namespace + "/configmaps?watch=true", WATCHERS);
    }

    /// Takes samples one after the other; counts unless they are to warm up.
    void samples(int number, boolean counted) throws IOException, InterruptedException {
        for (int i = 0; i < number; i++) {
            sample(counted);
        }
    }

    private void sample(boolean counted) throws IOException, InterruptedException {
        String text = "seen-" + edition++ + "-";
        watchers.expect("\"" + text + "\"");
        long start = System.nanoTime();
        writer.apply(
                "/api/v1/namespaces/" + namespace + "/configmaps/watched",
                SandboxObjects.configMap(namespace, "watched", text));
        watchers.await();
        if (counted) {
            samples.add((System.nanoTime() - start) / 1e6);
        }
    }

    List<Double> samples() {
        return samples;
    }

    @Override
    public void close() throws IOException {
        watchers.close();
        writer.close();
    }
}
