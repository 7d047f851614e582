package io.driftless.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.objects.Schemas;
import io.driftless.sandbox.custom.Violation;
import io.driftless.sandbox.model.ApiError;
import io.driftless.sandbox.model.Json;
import io.driftless.sandbox.model.ResourceType;
import io.driftless.sandbox.rules.KindRules;
import io.driftless.sandbox.rules.MetadataRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What makes a write invalid. Far from all rules of the real server: those that users of a
/// delivery tool run into.
final class Validation {
    private Validation() {}

    /// Sets apiVersion, kind and namespace where the body leaves them out, refuses contradictions with the
    /// request.
    static void prepare(ResourceType type, String namespace, String name, ObjectNode object) {
        String apiVersion = given(object, "apiVersion", type.apiVersion());
        String kind = given(object, "kind", type.kind());
        if (!apiVersion.equals(type.apiVersion()) || !kind.equals(type.kind())) {
            String why = Schemas.isBuiltIn(apiVersion, kind)
                    ? "the kind here is " + ApiError.kind(type.apiVersion(), type.kind()) + ", not "
                            + ApiError.kind(apiVersion, kind)
                    : "no kind \"" + kind + "\" is registered for version \"" + apiVersion
                            + "\" in scheme \"pkg/runtime/scheme.go:111\"";
            throw ApiError.badRequest(kind + " in version \"" + apiVersion.substring(apiVersion.lastIndexOf('/') + 1)
                    + "\" cannot be handled as a " + type.kind() + ": " + why);
        }
        object.put("apiVersion", apiVersion).put("kind", kind);
        ObjectNode meta = Json.meta(object);
        if (!name.isEmpty()) {
            String given = meta.path("name").asText(name);
            if (given.isEmpty()) {
                throw undeterminable(name);
            }
            named(object, name);
            meta.put("name", name);
        }
        if (type.namespaced()) {
            String given = meta.path("namespace").asText();
            if (!given.isEmpty() && !given.equals(namespace)) {
                throw ApiError.badRequest(
                        "the namespace of the provided object does not match the namespace sent on the request");
            }
            meta.put("namespace", namespace);
        } else {
            meta.remove("namespace");
        }
    }

    /// @throws ApiError 400 where an object has another name than its address
    static void named(JsonNode object, String name) {
        String given = object.path("metadata").path("name").asText(name);
        if (!given.equals(name)) {
            throw ApiError.badRequest(
                    "the name of the object (" + given + ") does not match the name on the URL (" + name + ")");
        }
    }

    /// Who makes an object by its address says its name in the body too.
    static ApiError undeterminable(String name) {
        return ApiError.badRequest(
                "the name of the object (" + name + " based on URL) was undeterminable: name must be provided");
    }

    private static String given(ObjectNode object, String field, String otherwise) {
        String text = object.path(field).asText();
        return text.isEmpty() ? otherwise : text;
    }

    /// @throws ApiError 422 where there is none
    static void named(ResourceType type, String name) {
        if (name.isEmpty()) {
            throw ApiError.invalid(type, name, "metadata.name", "Required value: name or generateName is required");
        }
    }

    /// Optimistic concurrency: an absent version and "0" are no condition.
    static void version(ResourceType type, String name, String wanted, JsonNode live) {
        if (!wanted.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw ApiError.of(500, "", "strconv.ParseUint: parsing " + Json.quoted(wanted) + ": invalid syntax");
        }
        if (!wanted.isEmpty()
                && !wanted.equals("0")
                && !wanted.equals(live.path("metadata").path("resourceVersion").asText())) {
            throw ApiError.modified(type, name);
        }
    }

    /// @param subresource the one that is written; empty for the object
    /// @param moved what is known to have changed that never does
    static void check(
            ResourceType type,
            String subresource,
            ObjectNode object,
            @Nullable JsonNode before,
            List<Violation> moved) {
        String name = Json.name(object);
        JsonNode meta = object.path("metadata");
        for (String field : List.of("labels", "annotations")) {
            for (Map.Entry<String, JsonNode> entry : meta.path(field).properties()) {
                if (!entry.getValue().isTextual()) {
                    String is = entry.getValue().isBoolean()
                            ? "bool"
                            : entry.getValue().getNodeType().name().toLowerCase(Locale.ROOT);
                    throw UnknownFields.undecodable(
                            type,
                            "json: cannot unmarshal " + is + " into Go struct field ObjectMeta." + field
                                    + " of type string");
                }
            }
        }
        if (before == null && MetadataRules.isLookedAtLast(type)) {
            List<Violation> first = new ArrayList<>();
            KindRules.add(type, subresource, object, null, first);
            ApiError.refuse(type, name, first);
            ApiError.refuse(type, name, MetadataRules.problems(type, meta, null));
            return;
        }
        List<Violation> wrong = MetadataRules.problems(type, meta, before);
        wrong.addAll(moved);
        if (type.defined() != null) {
            CustomObjects.check(type, type.defined(), object, before, wrong);
            return;
        }
        KindRules.add(type, subresource, object, before, wrong);
        ApiError.refuse(type, name, wrong);
    }
}
