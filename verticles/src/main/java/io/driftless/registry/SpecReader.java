package io.driftless.registry;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.events.ApplicationSpec;
import io.driftless.events.ApplicationSpec.Automated;
import io.driftless.events.ApplicationSpec.Destination;
import io.driftless.events.ApplicationSpec.Directory;
import io.driftless.events.ApplicationSpec.IgnoreDifferences;
import io.driftless.events.ApplicationSpec.NamespaceMetadata;
import io.driftless.events.ApplicationSpec.Retry;
import io.driftless.events.ApplicationSpec.Source;
import io.driftless.events.ApplicationSpec.SyncPolicy;
import io.driftless.settings.GoDuration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads `Application.spec` and collects every problem instead of stopping at the first. What Argo
/// CD would do and this version does not is a problem too: nothing is deployed that means something
/// else here.
final class SpecReader {
    private static final Retry DEFAULT_RETRY = new Retry(5, 5_000, 2, 180_000);

    private final JsonNode spec;
    private final ClusterNames clusters;
    private final List<String> problems = new ArrayList<>();

    SpecReader(JsonNode spec, ClusterNames clusters) {
        this.spec = spec;
        this.clusters = clusters;
    }

    List<String> problems() {
        return problems;
    }

    /// Empty when there are problems.
    Optional<ApplicationSpec> read() {
        Source source = source();
        Destination destination = destination(spec.path("destination"));
        SyncPolicy policy = syncPolicy(spec.path("syncPolicy"));
        List<IgnoreDifferences> ignored = IgnoreReader.read(spec.path("ignoreDifferences"), problems);
        int history = spec.path("revisionHistoryLimit").asInt(ApplicationSpec.DEFAULT_HISTORY);
        if (history < 0) {
            problems.add("spec.revisionHistoryLimit must not be negative");
        }
        if (spec.hasNonNull("sourceHydrator")) {
            problems.add("spec.sourceHydrator is not supported yet");
        }
        return source == null || !problems.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new ApplicationSpec(text(spec, "project"), source, destination, policy, ignored, history));
    }

    private @Nullable Source source() {
        if (!spec.path("sources").isEmpty()) {
            problems.add("spec.sources is not supported yet: give one spec.source");
            return null;
        }
        JsonNode source = spec.path("source");
        if (!source.isObject()) {
            problems.add("spec.source is missing: give repoURL and path");
            return null;
        }
        for (String unsupported : List.of("chart", "helm", "plugin", "tagPrefix")) {
            JsonNode value = source.path(unsupported);
            if (value.isObject() || !value.asText("").isEmpty()) {
                problems.add("spec.source." + unsupported + " is not supported yet");
            }
        }
        String url = text(source, "repoURL");
        if (url.isBlank()) {
            problems.add("spec.source.repoURL is missing");
            return null;
        }
        if (url.startsWith("oci://")) {
            problems.add("spec.source.repoURL: oci:// repositories are not supported yet");
        }
        JsonNode kustomize = source.path("kustomize");
        return new Source(
                url,
                text(source, "path"),
                text(source, "targetRevision"),
                directory(source.path("directory")),
                kustomize.isObject() ? kustomize : null);
    }

    private Directory directory(JsonNode directory) {
        JsonNode jsonnet = directory.path("jsonnet");
        if (!jsonnet.path("extVars").isEmpty()
                || !jsonnet.path("tlas").isEmpty()
                || !jsonnet.path("libs").isEmpty()) {
            problems.add("spec.source.directory.jsonnet is not supported yet");
        }
        return new Directory(
                directory.path("recurse").asBoolean(), text(directory, "include"), text(directory, "exclude"));
    }

    private Destination destination(JsonNode destination) {
        String server = text(destination, "server");
        server = server.endsWith("/") ? server.substring(0, server.length() - 1) : server;
        String name = text(destination, "name");
        if (server.isEmpty() && name.isEmpty()) {
            problems.add("spec.destination names no cluster: give server or name");
        } else if (!server.isEmpty() && !name.isEmpty()) {
            problems.add("spec.destination gives both server and name: keep one");
        } else if (!server.isEmpty() && !clusters.serves(server)) {
            problems.add("spec.destination.server " + server
                    + " is not a declared cluster: create its cluster Secret or use " + Destination.IN_CLUSTER);
        } else if (server.isEmpty()) {
            Optional<String> found = clusters.server(name);
            if (found.isEmpty()) {
                problems.add("spec.destination.name " + name + " is not the name of exactly one cluster (known: "
                        + clusters.known() + ")");
            }
            server = found.orElse("");
        }
        return new Destination(server, name, text(destination, "namespace"));
    }

    private SyncPolicy syncPolicy(JsonNode policy) {
        JsonNode automated = policy.path("automated");
        JsonNode namespace = policy.path("managedNamespaceMetadata");
        return new SyncPolicy(
                automated.isObject()
                        ? new Automated(
                                automated.path("prune").asBoolean(),
                                automated.path("selfHeal").asBoolean(),
                                automated.path("allowEmpty").asBoolean(),
                                automated.path("enabled").asBoolean(true))
                        : null,
                texts(policy.path("syncOptions")),
                retry(policy.path("retry"), "spec.syncPolicy.retry"),
                namespace.isObject()
                        ? new NamespaceMetadata(map(namespace.path("labels")), map(namespace.path("annotations")))
                        : null);
    }

    @Nullable
    Retry retry(JsonNode retry, String place) {
        if (!retry.isObject()) {
            return null;
        }
        JsonNode backoff = retry.path("backoff");
        int factor = backoff.path("factor").asInt(DEFAULT_RETRY.factor());
        if (factor < 1) {
            problems.add(place + ".backoff.factor must be at least 1");
            factor = 1;
        }
        return new Retry(
                retry.path("limit").asInt(0),
                duration(backoff, "duration", place, DEFAULT_RETRY.durationMillis()),
                factor,
                duration(backoff, "maxDuration", place, DEFAULT_RETRY.maxDurationMillis()),
                retry.path("refresh").asBoolean());
    }

    private long duration(JsonNode backoff, String field, String place, long otherwise) {
        String text = text(backoff, field);
        if (text.isEmpty()) {
            return otherwise;
        }
        var millis = GoDuration.millis(text);
        if (millis.isEmpty()) {
            problems.add(
                    place + ".backoff." + field + " " + text + " is not a duration: write for example 30s, 5m or 1h");
        }
        return millis.orElse(otherwise);
    }

    static String text(JsonNode object, String field) {
        return object.path(field).asText("");
    }

    static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(item -> texts.add(item.asText()));
        return texts;
    }

    static Map<String, String> map(JsonNode object) {
        Map<String, String> map = new LinkedHashMap<>();
        for (Iterator<Map.Entry<String, JsonNode>> fields = object.fields(); fields.hasNext(); ) {
            Map.Entry<String, JsonNode> field = fields.next();
            map.put(field.getKey(), field.getValue().asText());
        }
        return map;
    }
}
