package io.driftless.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.sandbox.model.ApiError;
import io.driftless.sandbox.model.BodyText;
import io.driftless.sandbox.model.Json;
import io.driftless.sandbox.model.ResourceType;
import io.driftless.sandbox.protobuf.Protobuf;
import io.driftless.sandbox.typed.Decoder;
import io.driftless.sandbox.typed.GoText;
import io.driftless.sandbox.typed.Intent;
import io.driftless.sandbox.typed.Shape;
import io.driftless.sandbox.typed.Shapes;
import io.driftless.sandbox.typed.Undecodable;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Objects as clients send them, read as the types of the real server read them.
final class Bodies {
    private final Shapes shapes = new Shapes();

    /// The object of a create or an update.
    ObjectNode read(HttpServerRequest request, RequestPath path, Buffer body) {
        UnknownFields wish = UnknownFields.of(request);
        List<String> problems = new ArrayList<>();
        ObjectNode object = object(request, path.type(), body, problems);
        if (path.type().defined() != null && !path.subresource().equals("scale")) {
            named(path.type(), object);
        }
        Shape shape = shape(path);
        if (path.type().defined() == null && !path.subresource().equals("scale")) {
            String unreadable = BodyKind.unreadable(object);
            if (!unreadable.isEmpty()) {
                throw unrecognized(path.type(), unreadable, body);
            }
            String misfit = BodyKind.misfit(shapes, path.type(), object);
            if (!misfit.isEmpty()) {
                throw another(path.type(), object, misfit);
            }
        }
        try {
            Decoder.decode(shape, object).forEach(field -> problems.add("unknown field \"" + field + "\""));
        } catch (Undecodable e) {
            throw UnknownFields.undecodable(path.type(), e.why());
        }
        wish.wrong(path.type(), problems, "");
        return object;
    }

    /// The refusal of an object of another kind.
    static ApiError another(ResourceType type, ObjectNode object, String why) {
        String apiVersion = object.path("apiVersion").asText();
        String kind = object.path("kind").asText();
        return ApiError.badRequest((kind.isEmpty() ? type.kind() : kind) + " in version \""
                + (apiVersion.isEmpty() ? type.version() : apiVersion.substring(apiVersion.lastIndexOf('/') + 1))
                + "\" cannot be handled as a " + type.kind() + ": " + why);
    }

    /// Objects of defined kinds say what they are.
    private static void named(ResourceType type, ObjectNode object) {
        if (object.path("kind").asText().isEmpty()) {
            throw ApiError.badRequest("the object provided is unrecognized (must be of type " + type.kind()
                    + "): Object 'Kind' is missing in '" + object + "'");
        }
        String version = object.path("apiVersion").asText();
        if (!version.equals(type.apiVersion())) {
            throw ApiError.badRequest("the API version in the data (" + version
                    + ") does not match the expected API version (" + type.apiVersion() + ")");
        }
    }

    /// Reads what a patch has made of an object, in place.
    void patched(HttpServerRequest request, RequestPath path, String contentType, JsonNode patch, ObjectNode object) {
        Shape shape = shape(path);
        if (shape == Shape.ANY) {
            return;
        }
        UnknownFields wish = UnknownFields.of(request);
        String shown = contentType.contains("strategic") ? GoText.of(patch) : "";
        if (shown.isEmpty() && !path.subresource().equals("scale")) {
            versioned(path, object, wish);
            String unreadable = BodyKind.unreadable(object);
            String misfit = unreadable.isEmpty() ? BodyKind.misfit(shapes, path.type(), object) : unreadable;
            if (!misfit.isEmpty()) {
                throw UnknownFields.patched(object.toString(), misfit);
            }
        }
        ObjectNode sorted = Json.object();
        try {
            object.properties().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .forEach(field -> sorted.set(field.getKey(), field.getValue()));
            List<String> unknown = Decoder.decode(shape, sorted);
            object.removeAll();
            object.setAll(sorted);
            if (!unknown.isEmpty()) {
                List<String> problems = unknown.stream()
                        .map(field -> "unknown field \"" + field + "\"")
                        .toList();
                wish.wrong(path.type(), problems, shown.isEmpty() ? object.toString() : shown);
            }
        } catch (Undecodable e) {
            throw shown.isEmpty()
                    ? UnknownFields.patched(object.toString(), e.why())
                    : UnknownFields.patched(shown, PatchWords.of(e.why()));
        }
    }

    /// What has no version is read as if nothing were known of its fields.
    private static void versioned(RequestPath path, ObjectNode object, UnknownFields wish) {
        if (object.path("apiVersion").asText().isEmpty()) {
            List<String> problems = object.properties().stream()
                    .map(Map.Entry::getKey)
                    .filter(field -> !field.equals("kind") && !field.equals("apiVersion"))
                    .sorted()
                    .map(field -> "unknown field \"" + field + "\"")
                    .toList();
            wish.wrong(path.type(), problems, object.toString());
            throw Validation.undeterminable(path.name());
        }
    }

    /// Reads what an apply has made of an object, in place.
    ///
    /// @param intent the apply, as it was sent
    void merged(RequestPath path, ObjectNode object, ObjectNode intent) {
        ResourceType type = path.type();
        Shape shape = shape(path);
        try {
            JsonNode made = intent.path("metadata").get("creationTimestamp");
            if (made != null && shape != Shape.ANY) {
                Intent.readable(shapes.ofMetadata(), Json.object().set("creationTimestamp", made));
            }
            Intent.readable(shape, object);
        } catch (Undecodable e) {
            throw ApiError.of(
                    500,
                    "",
                    "failed to convert new object " + shown(type, intent)
                            + " to proper version: unable to convert unstructured object to "
                            + ApiError.kind(type.apiVersion(), type.kind()) + ": "
                            + (e.why().startsWith("illegal base64") ? "error decoding from json: " : "") + e.why());
        }
        Decoder.decode(shape, object);
    }

    /// Refuses the object of an apply where it is none of this kind.
    void fits(RequestPath path, ObjectNode intent) {
        ResourceType type = path.type();
        Intent seen = Intent.of(shape(path), intent);
        List<String> misfits = new ArrayList<>(seen.misfits());
        if (type.defined() != null && intent.path("metadata") instanceof ObjectNode metadata) {
            Intent.of(shapes.ofMetadata(), metadata).misfits().forEach(misfit -> misfits.add(".metadata" + misfit));
        }
        if (!misfits.isEmpty()) {
            String all = misfits.size() == 1 ? misfits.getFirst() : "errors:\n  " + String.join("\n  ", misfits);
            throw ApiError.of(500, "", "failed to create typed patch object " + shown(type, intent) + ": " + all);
        }
    }

    private static String shown(ResourceType type, JsonNode object) {
        return "(" + Json.namespace(object) + "/" + Json.name(object) + "; "
                + ApiError.kind(type.apiVersion(), type.kind()) + ")";
    }

    private Shape shape(RequestPath path) {
        ResourceType type = path.type();
        if (path.subresource().equals("scale")) {
            return shapes.of("autoscaling", "v1", "Scale");
        }
        return type.defined() != null ? Shape.ANY : shapes.of(type.group(), type.version(), type.kind());
    }

    /// The object of a body in any of the formats.
    ///
    /// @param problems takes what is there twice
    static ObjectNode object(HttpServerRequest request, ResourceType type, Buffer body, List<String> problems) {
        try {
            return object(request, body, problems);
        } catch (BodyText.Unreadable e) {
            throw unrecognized(type, String.valueOf(e.getMessage()), body);
        }
    }

    /// The same, whatever it is to be.
    ///
    /// @throws BodyText.Unreadable where it is no object
    static ObjectNode object(HttpServerRequest request, Buffer body, List<String> problems) {
        String format = request.getHeader("content-type");
        if (format != null && format.startsWith(Protobuf.TYPE)) {
            return Protobuf.read(body);
        }
        boolean yaml = format != null && format.startsWith("application/yaml");
        if (format != null && !format.isEmpty() && !yaml && !format.startsWith(Answers.JSON)) {
            throw ApiError.of(
                    415,
                    "UnsupportedMediaType",
                    "the body of the request was in an unknown format - accepted media types include: application/json,"
                            + " application/yaml, application/vnd.kubernetes.protobuf");
        }
        JsonNode read = yaml ? BodyText.yaml(body, problems) : json(body, problems);
        String other = BodyText.noObject(read);
        if (other != null) {
            throw new BodyText.Unreadable(BodyKind.UNREADABLE + other);
        }
        return read instanceof ObjectNode object ? object : Json.object();
    }

    private static JsonNode json(Buffer body, List<String> problems) {
        try {
            return BodyText.json(body, problems);
        } catch (BodyText.Unreadable e) {
            throw new BodyText.Unreadable(BodyKind.UNREADABLE + e.getMessage());
        }
    }

    private static ApiError unrecognized(ResourceType type, String why, Buffer body) {
        return ApiError.badRequest("the object provided is unrecognized (must be of type " + type.kind() + "): " + why
                + BodyText.shown(body));
    }
}
