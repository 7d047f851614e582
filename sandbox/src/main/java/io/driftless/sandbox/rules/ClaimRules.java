package io.driftless.sandbox.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.objects.Quantities;
import io.driftless.sandbox.custom.Violation;
import io.driftless.sandbox.model.Json;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What makes a claim of a volume invalid. Once it is there, only a bound one may change, and only in what it asks for.
public final class ClaimRules {
    private static final List<String> MODES =
            List.of("ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod");

    /// Where the class was named before there was a field for it.
    static final String OLDER_CLASS = "volume.beta.kubernetes.io/storage-class";

    private ClaimRules() {}

    static void add(JsonNode claim, @Nullable JsonNode before, List<Violation> out) {
        spec("spec", claim.path("spec"), out);
        if (before != null) {
            unmoved(claim, before, out);
        }
    }

    /// The wish of the claims that are made from a template, for a pod or for each of a StatefulSet.
    static void template(Part spec) {
        spec(spec.path(), spec.value(), spec.complaints());
    }

    private static void spec(String at, JsonNode spec, List<Violation> out) {
        JsonNode modes = spec.path("accessModes");
        if (modes.isEmpty()) {
            out.add(Violation.required(at + ".accessModes", "at least 1 access mode is required"));
        }
        SelectorRules.add(at + ".selector", spec.path("selector"), out);
        boolean single = false;
        for (JsonNode mode : modes) {
            ServiceRules.oneOf(at + ".accessModes", mode, MODES, out);
            single |= mode.asText().equals("ReadWriteOncePod");
        }
        if (single && modes.size() > 1) {
            out.add(Violation.forbidden(at + ".accessModes", "may not use ReadWriteOncePod with other access modes"));
        }
        JsonNode storage = spec.path("resources").path("requests").path("storage");
        if (storage.isMissingNode()) {
            out.add(Violation.required(at + ".resources[storage]", ""));
        } else if (amount(storage).signum() <= 0) {
            out.add(Violation.invalid(at + ".resources[storage]", storage, "must be greater than zero"));
        }
        if (!spec.path("storageClassName").asText().isEmpty()) {
            ValueRules.subdomain(at + ".storageClassName", spec.path("storageClassName"), out);
        }
        ServiceRules.oneOf(at + ".volumeMode", spec.path("volumeMode"), List.of("Block", "Filesystem"), out);
        source(at + ".dataSource", spec.path("dataSource"), out);
        source(at + ".dataSourceRef", spec.path("dataSourceRef"), out);
        if (!spec.path("volumeAttributesClassName").asText().isEmpty()) {
            ValueRules.subdomain(at + ".volumeAttributesClassName", spec.path("volumeAttributesClassName"), out);
        }
    }

    private static void source(String at, JsonNode source, List<Violation> out) {
        if (source.isMissingNode()) {
            return;
        }
        for (String field : List.of("name", "kind")) {
            if (source.path(field).asText().isEmpty()) {
                out.add(Violation.required(at + "." + field, ""));
            }
        }
        JsonNode kind = source.path("kind");
        boolean core = source.path("apiGroup").isNull()
                || source.path("apiGroup").asText().isEmpty();
        if (core && !kind.asText().isEmpty() && !kind.asText().equals("PersistentVolumeClaim")) {
            out.add(Violation.invalid(
                    at, kind, "must be 'PersistentVolumeClaim' when referencing the default apiGroup"));
        }
    }

    private static void unmoved(JsonNode claim, JsonNode before, List<Violation> out) {
        JsonNode spec = claim.path("spec");
        JsonNode was = before.path("spec");
        String named = older(claim);
        if (!named.equals(older(before))) {
            out.add(Names.invalid("metadata.annotations." + OLDER_CLASS, named, "field is immutable"));
        }
        ObjectNode now = lasting(claim, was);
        if (!now.equals(lasting(before, was))) {
            out.add(Violation.forbidden(
                    "spec",
                    "spec is immutable after creation except resources.requests and volumeAttributesClassName for bound"
                            + " claims\n"
                            + LineChanges.between(ClaimText.of(was), ClaimText.of(now))));
        }
        BigDecimal wanted = amount(spec.path("resources").path("requests").path("storage"));
        BigDecimal there = amount(claim.path("status").path("capacity").path("storage"));
        if (wanted.compareTo(amount(was.path("resources").path("requests").path("storage"))) < 0
                && wanted.compareTo(there) <= 0) {
            out.add(Violation.forbidden(
                    "spec.resources.requests.storage", "field can not be less than status.capacity"));
        }
        if (!spec.path("volumeMode").equals(was.path("volumeMode"))) {
            out.add(Violation.invalid("volumeMode", spec.path("volumeMode"), "field is immutable"));
        }
    }

    private static String older(JsonNode claim) {
        return claim.path("metadata").path("annotations").path(OLDER_CLASS).asText();
    }

    private static BigDecimal amount(JsonNode quantity) {
        return Quantities.parse(quantity.asText()).orElse(BigDecimal.ZERO);
    }

    /// What must stay as it is, with what may change as it was.
    private static ObjectNode lasting(JsonNode claim, JsonNode was) {
        ObjectNode out = Json.object();
        if (claim.path("spec") instanceof ObjectNode spec) {
            out.setAll(spec);
        }
        if (!was.has("volumeName")) {
            out.remove("volumeName");
        }
        if (!was.has("storageClassName")) {
            out.remove("storageClassName");
        }
        boolean bound = claim.path("status").path("phase").asText().equals("Bound");
        if (bound) {
            Json.copy(was, out, "volumeAttributesClassName");
        }
        if (bound && out.has("resources")) {
            ObjectNode resources = Json.object();
            if (out.path("resources") instanceof ObjectNode given) {
                resources.setAll(given);
            }
            Json.copy(was.path("resources"), resources, "requests");
            out.set("resources", resources);
        }
        return out;
    }
}
