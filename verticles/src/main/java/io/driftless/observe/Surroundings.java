package io.driftless.observe;

import io.driftless.events.ApplicationEvent.ApplicationDeclared;
import io.driftless.events.ApplicationName;
import io.driftless.events.ApplicationSpec.IgnoreDifferences;
import io.driftless.events.DesiredEvent.ManifestsRendered;
import io.driftless.events.DesiredEvent.RenderedResource;
import io.driftless.events.Event;
import io.driftless.events.GroupKind;
import io.driftless.events.RecordKey;
import io.driftless.events.RevisionEvent.RevisionRendered;
import io.driftless.events.Topic;
import io.driftless.stage.Fact;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// What the other topics say that matters for watching: which kinds are in use on which cluster,
/// and whose field ownership is asked about. Safe for many threads.
final class Surroundings {
    private final Map<String, String> servers = new HashMap<>();
    private final Map<String, Set<String>> managers = new HashMap<>();
    private final Map<String, Set<GroupKind>> rendered = new HashMap<>();
    private final Map<String, Set<GroupKind>> kinds = new HashMap<>();

    /// Takes in a record of `applications`, `desired` or `revisions`; others are passed over. True when a cluster has a
    /// new kind.
    synchronized boolean fold(Fact fact) {
        Event event = fact.envelope() == null ? null : fact.envelope().event();
        String application = RecordKey.subject(fact.key());
        switch (event) {
            case ApplicationDeclared declared -> {
                servers.put(application, declared.spec().destination().server());
                managers.put(application, managersOf(declared));
                return used(application);
            }
            case ManifestsRendered render -> {
                // Also what a later render no longer holds: objects of it may still be there.
                Set<GroupKind> found = rendered.computeIfAbsent(application, a -> new HashSet<>());
                for (RenderedResource resource : render.resources()) {
                    found.add(resource.resource().groupKind());
                }
                return used(application);
            }
            case RevisionRendered render -> {
                Set<GroupKind> found = rendered.computeIfAbsent(application, a -> new HashSet<>());
                render.resources()
                        .forEach(resource -> found.add(resource.resource().groupKind()));
                return used(application);
            }
            case null -> {
                if (fact.topic() == Topic.APPLICATIONS) {
                    servers.remove(application);
                    managers.remove(application);
                    rendered.remove(application);
                }
                return false;
            }
            default -> {
                return false;
            }
        }
    }

    /// Kinds that Git wants, or wanted since the start, on a cluster.
    synchronized Set<GroupKind> kinds(String server) {
        return Set.copyOf(kinds.getOrDefault(server, Set.of()));
    }

    private boolean used(String application) {
        String server = servers.get(application);
        Set<GroupKind> wanted = rendered.get(application);
        return server != null
                && wanted != null
                && kinds.computeIfAbsent(server, s -> new HashSet<>()).addAll(wanted);
    }

    synchronized Set<String> managers(ApplicationName application) {
        return managers.getOrDefault(application.toString(), Set.of());
    }

    private static Set<String> managersOf(ApplicationDeclared declared) {
        Set<String> found = new HashSet<>();
        for (IgnoreDifferences rule : declared.spec().ignoreDifferences()) {
            found.addAll(rule.managedFieldsManagers());
        }
        return Set.copyOf(found);
    }
}
