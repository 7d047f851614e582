package io.driftless.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.sandbox.custom.CustomKind;
import io.driftless.sandbox.custom.Violation;
import io.driftless.sandbox.model.ApiError;
import io.driftless.sandbox.model.Json;
import io.driftless.sandbox.model.ResourceType;
import io.driftless.sandbox.rules.Names;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Objects of defined kinds, and their definitions, on their way into the store.
final class CustomObjects {
    private CustomObjects() {}

    /// Refuses what a patch made another kind of.
    static void named(ResourceType type, String name, ObjectNode object) {
        String kind = object.path("kind").asText();
        String version = object.path("apiVersion").asText();
        List<Violation> wrong = new ArrayList<>();
        if (!version.equals(type.apiVersion())) {
            wrong.add(Names.invalid("apiVersion", version, "must be " + type.apiVersion()));
        }
        if (!kind.equals(type.kind())) {
            wrong.add(Names.invalid("kind", kind, "must be " + type.kind()));
        }
        if (!wrong.isEmpty()) {
            int slash = version.indexOf('/');
            throw ApiError.invalid(slash < 0 ? "" : version.substring(0, slash), kind, name, wrong);
        }
    }

    /// Prunes and completes an object, and tells what nobody knows.
    static void read(ResourceType type, CustomKind kind, ObjectNode object) {
        boolean told = UnknownFields.CURRENT.isBound();
        String sent = told && UnknownFields.CURRENT.get().shows() ? object.toString() : "";
        List<String> unknown = kind.complete(object);
        if (!unknown.isEmpty() && told) {
            UnknownFields.CURRENT.get().found(type, unknown, sent);
        }
    }

    /// Prunes and completes an object, and refuses it where its schema does.
    ///
    /// @param wrong what is known to be wrong already
    static void check(
            ResourceType type, CustomKind kind, ObjectNode object, @Nullable JsonNode before, List<Violation> wrong) {
        read(type, kind, object);
        wrong.addAll(kind.check(object, before));
        ApiError.refuse(type, Json.name(object), wrong);
    }

    /// Refuses an apply of what is not of this kind.
    static void fits(ResourceType type, CustomKind kind, String namespace, ObjectNode intent) {
        List<String> misfits = kind.misfits(intent);
        if (!misfits.isEmpty()) {
            String all = misfits.size() == 1 ? misfits.getFirst() : "errors:\n  " + String.join("\n  ", misfits);
            throw ApiError.of(
                    500,
                    "",
                    "failed to create typed patch object (" + namespace + "/" + Json.name(intent) + "; "
                            + type.apiVersion() + ", Kind=" + type.kind() + "): " + all);
        }
    }
}
