package io.driftless.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.events.CommandEvent.SyncRequested;
import io.driftless.events.CommandEvent.SyncRequested.Strategy;
import io.driftless.events.ResourceId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The field `operation` of an Application: whatever it says becomes part of the request or is refused by name.
final class RequestedOperation {
    private final JsonNode object;
    private final JsonNode operation;
    private final Function<JsonNode, String> refusal;
    private final SpecReader reader =
            new SpecReader(JsonNodeFactory.instance.objectNode(), new ClusterNames(List.of()));
    private final List<String> problems = new ArrayList<>();

    /// @param refusal why an Application may not be as this one; empty where it may
    RequestedOperation(JsonNode object, Function<JsonNode, String> refusal) {
        this.object = object;
        this.operation = object.path("operation");
        this.refusal = refusal;
    }

    /// Gives the request on; returns why there is none, and then gives none.
    String read(Consumer<SyncRequested> command) {
        if (!operation.path("sync").isObject()) {
            return "operation.sync is missing";
        }
        unsupported();
        @Nullable SyncRequested request = null;
        try {
            request = request();
        } catch (IllegalArgumentException e) {
            problems.add("operation.sync.resources: " + e.getMessage());
        }
        problems.addAll(reader.problems());
        if (problems.isEmpty() && request != null && request.source() != null) {
            ObjectNode other = object.deepCopy();
            other.withObject("/spec").set("source", request.source());
            problems.addAll(Stream.of(refusal.apply(other))
                    .filter(why -> !why.isEmpty())
                    .toList());
        }
        if (problems.isEmpty() && request != null) {
            command.accept(request);
        }
        return String.join("; ", problems);
    }

    private void unsupported() {
        JsonNode sync = operation.path("sync");
        for (String field : List.of("manifests", "sources", "revisions")) {
            if (!sync.path(field).isEmpty()) {
                problems.add("operation.sync." + field + " is not supported yet");
            }
        }
        String target = object.at("/spec/source/targetRevision").asText("");
        String revision = sync.path("revision").asText("");
        boolean another = !revision.isEmpty() && !revision.equals(target.isEmpty() ? "HEAD" : target);
        if (operation.path("retry").path("refresh").asBoolean() && another) {
            problems.add("operation.retry.refresh with a revision that the application does not follow is not"
                    + " supported yet");
        }
        if (operation.path("initiatedBy").path("automated").asBoolean()) {
            problems.add("operation.initiatedBy.automated is for syncs that nobody asks for: give username");
        }
        if (sync.path("autoHealAttemptsCount").asInt() != 0) {
            problems.add("operation.sync.autoHealAttemptsCount cannot be asked for: heals are counted as they happen");
        }
    }

    @SuppressWarnings("NullAway") // the checker does not see that components may be null
    private SyncRequested request() {
        JsonNode metadata = object.path("metadata");
        String id = metadata.path("uid").asText()
                + '-'
                + metadata.path("resourceVersion").asText();
        JsonNode sync = operation.path("sync");
        String user = operation.path("initiatedBy").path("username").asText("");
        String revision = sync.path("revision").asText("");
        return new SyncRequested(
                ApplicationReader.name(object),
                id,
                user.isEmpty() ? "operation" : user,
                revision.isEmpty() ? null : revision,
                sync.path("prune").asBoolean(),
                sync.path("dryRun").asBoolean(),
                resources(sync.path("resources")),
                SpecReader.texts(sync.path("syncOptions")),
                reader.retry(operation.path("retry"), "operation.retry"),
                sync.path("source").isObject() ? sync.path("source") : null,
                null,
                infos(operation.path("info")),
                strategy(sync.path("syncStrategy")));
    }

    private Map<String, String> infos(JsonNode list) {
        Map<String, String> infos = new LinkedHashMap<>();
        for (JsonNode info : list) {
            String name = SpecReader.text(info, "name");
            if (name.isEmpty()) {
                problems.add("operation.info: each needs a name");
            }
            infos.put(name, SpecReader.text(info, "value"));
        }
        return infos;
    }

    private @Nullable Strategy strategy(JsonNode given) {
        JsonNode apply = given.path(Strategy.APPLY);
        JsonNode hook = given.path(Strategy.HOOK);
        if (apply.isObject() && hook.isObject()) {
            problems.add("operation.sync.syncStrategy names apply and hook: keep one");
        }
        if (apply.isObject()) {
            return new Strategy(Strategy.APPLY, apply.path("force").asBoolean());
        }
        return hook.isObject() ? new Strategy(Strategy.HOOK, hook.path("force").asBoolean()) : null;
    }

    /// Without a namespace, those of every namespace are meant: which there are, the status says.
    private List<ResourceId> resources(JsonNode list) {
        List<ResourceId> resources = new ArrayList<>();
        for (JsonNode item : list) {
            ResourceId meant = id(item);
            JsonNode known = object.path("status").path("resources");
            List<ResourceId> found = new ArrayList<>();
            for (JsonNode resource : known) {
                ResourceId id = id(resource);
                boolean same = id.group().equals(meant.group())
                        && id.kind().equals(meant.kind())
                        && id.name().equals(meant.name());
                if (same && (meant.namespace().isEmpty() || meant.namespace().equals(id.namespace()))) {
                    found.add(id);
                }
            }
            if (found.isEmpty() && !known.isEmpty()) {
                problems.add("operation.sync.resources: the application has no resource " + meant);
            }
            resources.addAll(found.isEmpty() ? List.of(meant) : found);
        }
        return resources;
    }

    private static ResourceId id(JsonNode item) {
        return new ResourceId(
                SpecReader.text(item, "group"),
                SpecReader.text(item, "kind"),
                SpecReader.text(item, "namespace"),
                SpecReader.text(item, "name"));
    }
}
