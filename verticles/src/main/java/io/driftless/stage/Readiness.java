package io.driftless.stage;

import java.time.Duration;

/// A flag that others wait for.
final class Readiness {
    private boolean ready;

    synchronized void set(boolean now) {
        if (ready != now) {
            ready = now;
            notifyAll();
        }
    }

    synchronized boolean now() {
        return ready;
    }

    /// False when it was not ready within the limit.
    synchronized boolean await(Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (!ready) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }
}
