package io.driftless.sandbox.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.driftless.objects.Quantities;
import io.driftless.sandbox.custom.Violation;
import io.driftless.sandbox.model.Json;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What makes a persistent volume invalid.
public final class PersistentVolumeRules {
    private static final List<String> MODES =
            List.of("ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod");
    private static final Set<String> NO_SOURCES = Set.of("capacity", "claimRef", "nodeAffinity");

    private PersistentVolumeRules() {}

    static void add(JsonNode spec, @Nullable JsonNode before, List<Violation> out) {
        modes(spec.path("accessModes"), out);
        capacity(spec.path("capacity"), out);
        ServiceRules.oneOf(
                "spec.persistentVolumeReclaimPolicy",
                spec.path("persistentVolumeReclaimPolicy"),
                List.of("Delete", "Recycle", "Retain"),
                out);
        affinity(spec, out);
        sources(spec, out);
        if (!spec.path("storageClassName").asText().isEmpty()) {
            ValueRules.subdomain("spec.storageClassName", spec.path("storageClassName"), out);
        }
        ServiceRules.oneOf("spec.volumeMode", spec.path("volumeMode"), List.of("Block", "Filesystem"), out);
        if (before != null && !source(spec).equals(source(before.path("spec")))) {
            out.add(Violation.forbidden(
                    "spec.persistentvolumesource", "spec.persistentvolumesource is immutable after creation"));
        }
        JsonNode where = before == null ? spec : before.path("spec");
        if (where.has("nodeAffinity") && !where.path("nodeAffinity").equals(spec.path("nodeAffinity"))) {
            out.add(Violation.invalid(
                    "nodeAffinity",
                    spec.has("nodeAffinity") ? InternalText.VOLUME_NODE_AFFINITY.of(spec.path("nodeAffinity")) : "null",
                    "field is immutable, except for updating from beta label to GA"));
        }
        if (before != null && !before.path("spec").path("volumeMode").equals(spec.path("volumeMode"))) {
            out.add(Violation.invalid("volumeMode", spec.path("volumeMode"), "field is immutable"));
        }
    }

    private static ObjectNode source(JsonNode spec) {
        ObjectNode out = Json.object();
        spec.properties().forEach(field -> {
            if (field.getValue().isObject() && !NO_SOURCES.contains(field.getKey())) {
                out.set(field.getKey(), field.getValue());
            }
        });
        return out;
    }

    private static void modes(JsonNode modes, List<Violation> out) {
        if (modes.isEmpty()) {
            out.add(Violation.required("spec.accessModes", ""));
        }
        boolean single = false;
        for (JsonNode mode : modes) {
            ServiceRules.oneOf("spec.accessModes", mode, MODES, out);
            single |= mode.asText().equals("ReadWriteOncePod");
        }
        if (single && modes.size() > 1) {
            out.add(Violation.forbidden("spec.accessModes", "may not use ReadWriteOncePod with other access modes"));
        }
    }

    private static void capacity(JsonNode capacity, List<Violation> out) {
        JsonNode storage = capacity.path("storage");
        if (capacity.isEmpty()) {
            out.add(Violation.required("spec.capacity", ""));
        }
        if (storage.isMissingNode() || capacity.size() > 1) {
            out.add(Violation.unsupported(
                    "spec.capacity",
                    capacity.isMissingNode() ? Json.MAPPER.nullNode() : capacity,
                    List.of(TextNode.valueOf("storage"))));
        }
        if (!storage.isMissingNode()
                && Quantities.parse(storage.asText()).orElse(BigDecimal.ONE).signum() <= 0) {
            out.add(Violation.invalid("spec.capacity[storage]", storage, "must be greater than zero"));
        }
    }

    private static void affinity(JsonNode spec, List<Violation> out) {
        JsonNode affinity = spec.path("nodeAffinity");
        if (affinity.isMissingNode()) {
            return;
        }
        if (!affinity.has("required")) {
            out.add(Violation.required("spec.nodeAffinity.required", "must specify required node constraints"));
        } else if (affinity.path("required").path("nodeSelectorTerms").isEmpty()) {
            out.add(Violation.required(
                    "spec.nodeAffinity.required.nodeSelectorTerms", "must have at least one node selector term"));
        }
    }

    private static void sources(JsonNode spec, List<Violation> out) {
        Set<String> sources = new TreeSet<>();
        spec.properties().forEach(field -> {
            if (field.getValue().isObject() && !NO_SOURCES.contains(field.getKey())) {
                sources.add(field.getKey());
            }
        });
        if (sources.isEmpty()) {
            out.add(Violation.required("spec", "must specify a volume type"));
        }
        JsonNode host = spec.path("hostPath");
        if (!host.isMissingNode() && host.path("path").asText().isEmpty()) {
            out.add(Violation.required("spec.hostPath.path", ""));
        }
        if (host.path("path").asText().contains("..")) {
            out.add(Names.invalid("spec.hostPath.path", host.path("path").asText(), "must not contain '..'"));
        }
        if (sources.size() > 1) {
            String second = sources.stream()
                    .filter(source -> !source.equals("hostPath"))
                    .findFirst()
                    .orElseThrow();
            out.add(Violation.forbidden("spec." + second, "may not specify more than 1 volume type"));
        } else if (spec.has("nfs")) {
            network(spec.path("nfs"), out);
        }
    }

    private static void network(JsonNode nfs, List<Violation> out) {
        String path = nfs.path("path").asText();
        if (nfs.path("server").asText().isEmpty()) {
            out.add(Violation.required("spec.nfs.server", ""));
        }
        if (path.isEmpty()) {
            out.add(Violation.required("spec.nfs.path", ""));
        }
        if (!path.startsWith("/")) {
            out.add(Names.invalid("spec.nfs.path", path, "must be an absolute path"));
        }
    }
}
