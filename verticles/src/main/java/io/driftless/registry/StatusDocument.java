package io.driftless.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.events.ApplicationEvent.ApplicationDeclared;
import io.driftless.events.Condition;
import io.driftless.events.DriftEvent.ApplicationCompared;
import io.driftless.events.DriftEvent.ResourceVerdict;
import io.driftless.events.Health;
import io.driftless.events.ResourceId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/// `Application.status` under Argo CD's names, built upon what stands there: fields that nobody here knows stay.
final class StatusDocument {
    private final ObjectNode status;
    private final JsonNode before;
    private final String now;

    StatusDocument(JsonNode before, Instant now) {
        this.before = before;
        this.status = before instanceof ObjectNode object ? object.deepCopy() : JsonNodeFactory.instance.objectNode();
        this.now = time(now);
    }

    /// RFC 3339 in whole seconds, as Kubernetes writes times.
    static String time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    ObjectNode node() {
        return status;
    }

    /// Whether it is as Git wants it, by a comparison that is about this spec.
    void sync(ApplicationDeclared declared, ApplicationCompared compared) {
        ObjectNode sync = status.putObject("sync");
        sync.put("status", compared.status().toString());
        if (!compared.revision().isEmpty()) {
            sync.put("revision", compared.revision());
        }
        ObjectNode comparedTo = sync.putObject("comparedTo");
        for (String field : List.of("source", "destination", "ignoreDifferences")) {
            if (declared.document().has(field)) {
                comparedTo.set(field, declared.document().path(field));
            }
        }
    }

    /// What lives, which an older comparison tells as well.
    void live(ApplicationCompared compared) {
        health(compared.health());
        status.put("resourceHealthSource", "appTree");
        ArrayNode resources = JsonNodeFactory.instance.arrayNode();
        compared.resources().stream()
                .sorted((a, b) -> a.resource().compareTo(b.resource()))
                .forEach(verdict -> resources.add(resource(verdict)));
        set("resources", resources);
    }

    /// A spec that cannot be worked on: nothing is known about its resources' sync.
    void unknown() {
        status.putObject("sync")
                .put("status", "Unknown")
                .set("comparedTo", before.path("sync").path("comparedTo"));
        if (before.path("sync").path("comparedTo").isMissingNode()) {
            status.withObject("/sync").remove("comparedTo");
        }
        health(Health.of(io.driftless.events.HealthStatus.UNKNOWN));
    }

    void health(Health health) {
        JsonNode old = before.path("health");
        String text = health.status().toString();
        ObjectNode node = status.putObject("health").put("status", text);
        if (!health.message().isEmpty()) {
            node.put("message", health.message());
        }
        JsonNode since = old.path("lastTransitionTime");
        boolean same = old.path("status").asText().equals(text) && since.isTextual();
        node.put("lastTransitionTime", same ? since.asText() : now);
    }

    void conditions(List<Condition> conditions) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        for (Condition condition : conditions) {
            String since = now;
            for (JsonNode old : before.path("conditions")) {
                if (old.path("type").asText().equals(condition.type())
                        && old.path("message").asText().equals(condition.message())) {
                    since = old.path("lastTransitionTime").asText(now);
                }
            }
            list.addObject()
                    .put("type", condition.type())
                    .put("message", condition.message())
                    .put("lastTransitionTime", since);
        }
        set("conditions", list);
    }

    void sourceType(String sourceType) {
        if (!sourceType.isEmpty()) {
            status.put("sourceType", sourceType);
        }
    }

    void images(Collection<String> images) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        new TreeSet<>(images).forEach(list::add);
        ObjectNode summary = status.withObject("/summary");
        summary.remove("images");
        if (!list.isEmpty()) {
            summary.set("images", list);
        }
    }

    private ObjectNode resource(ResourceVerdict verdict) {
        ResourceId id = verdict.resource();
        ObjectNode node = identity(id, verdict.apiVersion());
        node.put("status", verdict.status().toString());
        if (verdict.toPrune()) {
            node.put("requiresPruning", true);
        }
        if (verdict.syncWave() != 0) {
            node.put("syncWave", verdict.syncWave());
        }
        return node;
    }

    static ObjectNode identity(ResourceId id, String apiVersion) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        if (!id.group().isEmpty()) {
            node.put("group", id.group());
        }
        if (apiVersion != null && !apiVersion.isEmpty()) {
            node.put("version", apiVersion.substring(apiVersion.indexOf('/') + 1));
        }
        node.put("kind", id.kind());
        if (!id.namespace().isEmpty()) {
            node.put("namespace", id.namespace());
        }
        return node.put("name", id.name());
    }

    private void set(String field, ArrayNode list) {
        if (list.isEmpty()) {
            status.remove(field);
        } else {
            status.set(field, list);
        }
    }
}
