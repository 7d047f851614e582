package io.driftless.registry;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.cluster.Cluster;
import io.driftless.events.ResourceId;
import io.driftless.project.Project;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Projects by name. One that the watch has not brought is asked for, once in a second at most: an Application can be
/// heard of before the project that was made just before it.
final class ProjectLookup {
    private static final Logger LOG = LoggerFactory.getLogger(ProjectLookup.class);
    private static final Duration AGAIN = Duration.ofSeconds(1);
    private final Projects projects;
    private final Cluster cluster;
    private final String namespace;
    private final InstantSource clock;
    private final Map<String, Instant> missing = new ConcurrentHashMap<>();

    ProjectLookup(Projects projects, Cluster cluster, String namespace, InstantSource clock) {
        this.projects = projects;
        this.cluster = cluster;
        this.namespace = namespace;
        this.clock = clock;
    }

    Optional<Project> get(String name) {
        Optional<Project> known = projects.get(name);
        if (known.isPresent()) {
            missing.remove(name);
            return known;
        }
        Instant now = clock.instant();
        Instant asked = missing.get(name);
        if (asked != null && asked.plus(AGAIN).isAfter(now)) {
            return Optional.empty();
        }
        Optional<Project> found = ask(name).map(projects::inForce);
        if (found.isEmpty()) {
            missing.put(name, now);
        }
        return found;
    }

    private Optional<JsonNode> ask(String name) {
        try {
            return cluster.get(ResourceId.parse("argoproj.io/AppProject:" + namespace + '/' + name), null);
        } catch (RuntimeException e) {
            LOG.debug("project {} cannot be asked for: {}", name, e.getMessage());
            return Optional.empty();
        }
    }
}
