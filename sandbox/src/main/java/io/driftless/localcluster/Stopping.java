package io.driftless.localcluster;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Ends processes: asks first, then makes them.
final class Stopping {
    private static final long PATIENCE_SECONDS = 3;

    private Stopping() {}

    /// Returns once they are gone. The first one started (etcd) is asked last, so that nobody loses what it stands on.
    static void stop(List<ProcessHandle> started) {
        List<ProcessHandle> others = started.subList(Math.min(1, started.size()), started.size());
        others.forEach(ProcessHandle::destroy);
        others.forEach(Stopping::end);
        started.stream().limit(1).forEach(first -> {
            first.destroy();
            end(first);
        });
    }

    private static void end(ProcessHandle process) {
        if (!gone(process)) {
            process.destroyForcibly();
            gone(process);
        }
    }

    private static boolean gone(ProcessHandle process) {
        try {
            process.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
