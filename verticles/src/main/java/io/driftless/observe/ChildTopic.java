package io.driftless.observe;

import io.driftless.events.ChildEvent.ChildObserved;
import io.driftless.events.Topic;
import io.driftless.stage.Fact;
import io.driftless.stage.Publication;
import io.driftless.stage.PublicationTooLargeException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What `children` holds of every cluster, and what is to be said so that it holds what was seen:
/// changes alone. Safe for many threads.
final class ChildTopic {
    private static final Logger LOG = LoggerFactory.getLogger(ChildTopic.class);
    private final Say say;
    private final Map<String, Map<String, ChildObserved>> held = new HashMap<>();

    ChildTopic(Say say) {
        this.say = say;
    }

    /// Takes in a record of the topic, by whomever it was written.
    synchronized void fold(Fact fact) {
        if (fact.envelope() != null) {
            ChildObserved child = (ChildObserved) fact.envelope().event();
            held.computeIfAbsent(child.cluster(), c -> new HashMap<>()).put(fact.key(), child);
        } else {
            held.values().forEach(records -> records.remove(fact.key()));
        }
    }

    private synchronized Map<String, ChildObserved> held(String server) {
        return Map.copyOf(held.getOrDefault(server, Map.of()));
    }

    /// The part of one cluster, as its observer tells it.
    Cluster of(String server) {
        return new Cluster(server);
    }

    /// What was seen on a cluster.
    final class Cluster implements ChildIndex.Told {
        private final String server;
        private final Map<String, ChildObserved> byUid = new HashMap<>();
        private final Map<String, ChildObserved> byKey = new HashMap<>();
        private final Map<String, ChildObserved> before;
        private Set<String> suspects = Set.of();

        private Cluster(String server) {
            this.server = server;
            this.before = new HashMap<>(held(server));
        }

        @Override
        public synchronized void below(ChildObserved child) {
            ChildObserved last = byUid.get(child.uid());
            if (last != null && !last.key().equals(child.key())) {
                gone(child.uid());
                last = null;
            }
            ChildObserved known = last == null ? before.remove(child.key()) : last;
            boolean told = known != null && Child.tellsTheSame(known, child);
            ChildObserved now = told ? known : child;
            byUid.put(child.uid(), now);
            byKey.put(child.key(), now);
            if (!told) {
                say(Publication.of(child, ""));
            }
        }

        @Override
        public synchronized void gone(String uid) {
            ChildObserved last = byUid.remove(uid);
            // Another object of the same name may have come before this one was said to be gone.
            if (last != null && byKey.remove(last.key(), last)) {
                say(Publication.tombstone(Topic.CHILDREN, last.key(), ""));
            }
        }

        /// Everything has been seen: what was told before and is not there any more is gone.
        synchronized void complete() {
            before.forEach((key, child) -> say(Publication.tombstone(Topic.CHILDREN, key, "")));
            before.clear();
        }

        /// Says again what the topic does not hold as it was said, because it was lost or an instance that no longer
        /// owns this cluster spoke after this one. A difference counts when it is there twice.
        synchronized void audit() {
            Map<String, ChildObserved> now = held(server);
            Set<String> differing = new HashSet<>(now.keySet());
            differing.addAll(byKey.keySet());
            differing.removeIf(key -> {
                ChildObserved want = byKey.get(key);
                return want != null && want.equals(now.get(key)) || want == null && before.containsKey(key);
            });
            for (String key : differing) {
                if (suspects.contains(key)) {
                    ChildObserved want = byKey.get(key);
                    say(want == null ? Publication.tombstone(Topic.CHILDREN, key, "") : Publication.of(want, ""));
                }
            }
            suspects = Set.copyOf(differing);
        }
    }

    private void say(Publication publication) {
        say.say(publication).whenComplete((done, failure) -> {
            if (failure instanceof PublicationTooLargeException) {
                LOG.error("an object cannot be shown: {}", failure.getMessage());
            } else if (failure != null) {
                LOG.debug("said again later", failure);
            }
        });
    }
}
