package io.driftless.sandbox;

import io.driftless.sandbox.Store.Key;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Objects that a controller has to look at, each once however often it changed. What others depend
/// on comes first: pods before the sets that count them, sets before the Deployments that count
/// those, so that each is written once when all below it is done.
final class WorkQueue {
    private final List<Set<Key>> ranks = new ArrayList<>();
    private boolean closed;

    WorkQueue() {
        for (int i = 0; i < 4; i++) {
            ranks.add(new LinkedHashSet<>());
        }
    }

    private static int rank(String type) {
        return switch (type) {
            case "pods" -> 0;
            case "replicasets.apps", "statefulsets.apps", "daemonsets.apps", "jobs.batch" -> 1;
            case "deployments.apps" -> 2;
            default -> 3;
        };
    }

    synchronized void add(Key key) {
        if (ranks.get(rank(key.type())).add(key)) {
            notifyAll();
        }
    }

    /// Whether there is nothing to look at now.
    synchronized boolean isEmpty() {
        return !closed && ranks.stream().allMatch(Set::isEmpty);
    }

    /// Waits for the next; ends the wait with [InterruptedException] once the queue is closed.
    synchronized Key take() throws InterruptedException {
        while (true) {
            if (closed) {
                throw new InterruptedException("the queue is closed");
            }
            for (Set<Key> rank : ranks) {
                if (!rank.isEmpty()) {
                    Key first = rank.iterator().next();
                    rank.remove(first);
                    return first;
                }
            }
            wait();
        }
    }

    synchronized void close() {
        closed = true;
        notifyAll();
    }
}
