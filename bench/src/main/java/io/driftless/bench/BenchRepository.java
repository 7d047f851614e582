package io.driftless.bench;

import java.io.IOException;
import java.util.Map;

/// A Git repository that the benchmark may push to.
interface BenchRepository {
    /// The URL that others clone it from.
    String url();

    /// Commits these files to `main`, pushes, and returns the commit id.
    String commit(Map<String, byte[]> files, String message) throws IOException, InterruptedException;

    /// Lets the host do now what hosts do from time to time, so that it does not happen in between.
    default void maintain() {}
}
