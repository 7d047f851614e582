package io.driftless.manifest.git;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings what came to disk a moment later, for the next process: what came in one moment is one pack. Nobody waits for
/// it.
final class Settler {
    private static final Logger LOG = LoggerFactory.getLogger(Settler.class);

    private final MirrorStore store;
    private final Consumer<Runnable> later;
    private final Runnable failed;
    private final AtomicBoolean settling = new AtomicBoolean();
    private final AtomicBoolean combining = new AtomicBoolean();

    /// @param later runs something in a moment
    /// @param failed called when the disk refused: what the refs are has to be asked anew
    Settler(MirrorStore store, Consumer<Runnable> later, Runnable failed) {
        this.store = store;
        this.later = later;
        this.failed = failed;
    }

    void soon() {
        if (settling.compareAndSet(false, true)) {
            later.accept(this::now);
        }
    }

    private void now() {
        settling.set(false);
        settle();
        if (store.crowded() && combining.compareAndSet(false, true)) {
            try {
                store.combine();
            } finally {
                combining.set(false);
            }
        }
    }

    /// At once, and without combining packs: for those who are about to end.
    void settle() {
        try {
            store.settle();
        } catch (IOException | RuntimeException e) {
            LOG.warn("mirror {} could not be written; its refs are compared anew", store.directory(), e);
            store.refs().forget();
            failed.run();
        }
    }
}
