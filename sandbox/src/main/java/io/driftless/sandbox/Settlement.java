package io.driftless.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.sandbox.custom.Violation;
import io.driftless.sandbox.defaults.Defaults;
import io.driftless.sandbox.defaults.KindDefaults;
import io.driftless.sandbox.defaults.Normaliser;
import io.driftless.sandbox.defaults.PodAdmission;
import io.driftless.sandbox.model.ApiError;
import io.driftless.sandbox.model.Json;
import io.driftless.sandbox.model.ResourceType;
import io.driftless.sandbox.rules.NetworkPolicyRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Completes the next version of an object: what a client cannot change, defaults, checks, generation.
final class Settlement {
    private static final List<String> SERVER_OWNED = List.of(
            "uid",
            "creationTimestamp",
            "resourceVersion",
            "generation",
            "deletionTimestamp",
            "deletionGracePeriodSeconds");

    /// Parts of the metadata whose changes count too.
    private static final Map<String, List<String>> COUNTED = Map.of(
            "deployments.apps",
            List.of("annotations"),
            "endpointslices.discovery.k8s.io",
            List.of("annotations", "labels", "finalizers", "ownerReferences"));

    /// Of these all of the metadata changes through the status too.
    private static final Set<String> WHOLE_METADATA =
            Set.of("services", "ingresses.networking.k8s.io", CertificateStatus.TYPE);

    private Settlement() {}

    /// Completes `next` in place.
    ///
    /// @throws ApiError where the change is refused
    static void settle(
            ResourceType type, String namespace, String name, String subresource, ObjectNode live, ObjectNode next) {
        Validation.prepare(type, namespace, name, next);
        ObjectNode meta = Json.meta(next);
        String uid = meta.path("uid").asText();
        if (!uid.isEmpty() && !uid.equals(Json.uid(live))) {
            throw ApiError.otherUid(type, namespace, name, uid, Json.uid(live));
        }
        Validation.version(type, name, meta.path("resourceVersion").asText(), live);
        meta.remove("selfLink");
        List<Violation> moved = new ArrayList<>();
        for (String field : List.of("deletionTimestamp", "deletionGracePeriodSeconds")) {
            JsonNode wish = meta.path(field);
            if (!wish.isMissingNode() && !wish.equals(live.path("metadata").path(field))) {
                moved.add(Violation.invalid("metadata." + field, wish, "field is immutable"));
            }
        }
        SERVER_OWNED.forEach(field -> Json.copy(live.path("metadata"), meta, field));
        if (subresource.equals("status")) {
            statusAlone(type, live, next);
        } else if (PartWrites.about(type, subresource)) {
            PartWrites.partAlone(subresource, live, next);
        } else if (type.hasStatus()) {
            Json.copy(live, next, "status");
        }
        if (PartWrites.keepsSpec(type, subresource)) {
            Json.copy(live, next, "spec");
        }
        if (type.id().equals(CertificateStatus.TYPE) && !subresource.isEmpty()) {
            CertificateStatus.complete(subresource, live, next);
        }
        boolean emptied = NetworkPolicyRules.emptied(type, next.path("spec"));
        Normaliser.apply(type.schema(), next);
        Defaults.apply(type, next, live);
        KindDefaults.complete(type, next);
        if (type.id().equals("pods") && next.get("spec") instanceof ObjectNode spec) {
            PodAdmission.tolerations(spec);
        }
        Validation.check(type, subresource, next, live, moved);
        boolean annotated = subresource.isEmpty()
                && COUNTED.getOrDefault(type.id(), List.of()).stream()
                        .anyMatch(part -> !live.path("metadata")
                                .path(part)
                                .equals(Json.meta(next).path(part)));
        boolean counts = type.plural().equals("csidrivers")
                || type.hasGeneration() && !type.group().equals("scheduling.k8s.io");
        if (counts && (annotated || emptied || !sameWish(type, live, next))) {
            Json.meta(next)
                    .put("generation", live.path("metadata").path("generation").asLong() + 1);
        }
    }

    /// Through `status` nothing changes but the status, and annotations of built-in kinds.
    private static void statusAlone(ResourceType type, ObjectNode live, ObjectNode next) {
        JsonNode status = next.get("status");
        ObjectNode given = Json.meta(next);
        next.removeAll();
        next.setAll(FieldOwners.without(live).deepCopy());
        if (given.has("annotations") && type.custom() == null) {
            Json.meta(next).set("annotations", given.get("annotations"));
        }
        if (WHOLE_METADATA.contains(type.id())) {
            List.of("annotations", "labels", "finalizers", "ownerReferences")
                    .forEach(part -> Json.copy(given, Json.meta(next), part));
        }
        if (status != null) {
            next.set("status", status);
        } else {
            next.remove("status");
        }
    }

    /// A status is no wish where it is a part of its own.
    private static boolean sameWish(ResourceType type, ObjectNode live, ObjectNode next) {
        return covers(type, live, next) && covers(type, next, live);
    }

    private static boolean covers(ResourceType type, ObjectNode all, ObjectNode part) {
        for (var entry : part.properties()) {
            String field = entry.getKey();
            boolean wish = !field.equals("metadata") && !(field.equals("status") && type.hasStatus());
            if (wish && !entry.getValue().equals(all.get(field))) {
                return false;
            }
        }
        return true;
    }
}
