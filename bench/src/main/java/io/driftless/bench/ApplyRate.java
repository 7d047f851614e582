package io.driftless.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Server-side applies of changed ConfigMaps, many at a time, each connection with objects of its own.
final class ApplyRate {
    static final int IN_FLIGHT = 16;
    private static final int OBJECTS = 8;
    private final ApiAddress address;
    private final String namespace;
    private long applies;
    private long nanos;
    private int edition;

    ApplyRate(ApiAddress address, String namespace) {
        this.address = address;
        this.namespace = namespace;
    }

    /// Applies for some time; counts unless it is to warm up.
    void run(double seconds, boolean counted) throws IOException, InterruptedException {
        edition++;
        long start = System.nanoTime();
        long end = start + (long) (seconds * 1e9);
        long done = 0;
        try (ExecutorService threads = Executors.newFixedThreadPool(IN_FLIGHT)) {
            List<Future<Integer>> all = new ArrayList<>();
            for (int i = 0; i < IN_FLIGHT; i++) {
                int connection = i;
                all.add(threads.submit(() -> applyUntil(end, connection)));
            }
            for (Future<Integer> one : all) {
                done += one.get();
            }
        } catch (ExecutionException e) {
            throw new IOException("applying to " + address.host() + ":" + address.port() + " failed", e.getCause());
        }
        if (counted) {
            applies += done;
            nanos += System.nanoTime() - start;
        }
    }

    private int applyUntil(long end, int connection) throws IOException {
        try (RawApi api = new RawApi(address)) {
            int done = 0;
            while (System.nanoTime() < end) {
                String name = "apply-" + connection + "-" + done % OBJECTS;
                api.apply(
                        "/api/v1/namespaces/" + namespace + "/configmaps/" + name,
                        SandboxObjects.configMap(namespace, name, edition + "-" + done));
                done++;
            }
            return done;
        }
    }

    double perSecond() {
        return nanos == 0 ? 0 : applies * 1e9 / nanos;
    }
}
