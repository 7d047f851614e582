package io.driftless.sandbox;

import io.driftless.sandbox.Fault.Effect;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The faults that are in force. The first that meets a request decides what happens to it.
public final class Faults {
    private static final int MAX = 1000;
    private final Map<String, Fault> inForce = new LinkedHashMap<>();
    private final Map<String, Integer> left = new LinkedHashMap<>();
    private long next = 1;
    private volatile boolean none = true;

    Faults() {}

    /// Puts a fault in force and returns its id.
    ///
    /// @throws IllegalStateException where there are a thousand already
    public synchronized String add(Fault fault) {
        if (inForce.size() >= MAX) {
            throw new IllegalStateException("there are " + MAX + " faults already: remove some first");
        }
        String id = Long.toString(next++);
        inForce.put(id, fault);
        left.put(id, fault.times());
        none = false;
        return id;
    }

    /// Ends a fault; false where there is none of this id (any more).
    public synchronized boolean remove(String id) {
        left.remove(id);
        boolean was = inForce.remove(id) != null;
        none = inForce.isEmpty();
        return was;
    }

    /// Ends all faults.
    public synchronized void clear() {
        inForce.clear();
        left.clear();
        none = true;
    }

    /// The faults in force, by id, the oldest first.
    public synchronized Map<String, Fault> list() {
        return new LinkedHashMap<>(inForce);
    }

    /// What happens to a request; null where nothing does.
    @Nullable
    Effect take(Supplier<Call> call) {
        return none ? null : next(call.get());
    }

    private synchronized @Nullable Effect next(Call call) {
        for (Map.Entry<String, Fault> entry : inForce.entrySet()) {
            if (entry.getValue().meets(call)) {
                Effect effect = entry.getValue().effect();
                int more = left.getOrDefault(entry.getKey(), 0);
                if (more == 1) {
                    remove(entry.getKey());
                } else if (more > 1) {
                    left.put(entry.getKey(), more - 1);
                }
                return effect;
            }
        }
        return null;
    }
}
