package io.driftless.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.objects.Schema;
import io.driftless.sandbox.model.ApiError;
import io.driftless.sandbox.model.BodyText;
import io.driftless.sandbox.model.Json;
import io.driftless.sandbox.model.YamlDuplicates;
import io.driftless.sandbox.rules.UpdateRules;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.List;

/// Patches of all kinds, and applies.
final class PatchRequests {
    private final ObjectWriter writer;
    private final Updates updates;
    private final Bodies bodies;
    private final Requests requests;

    PatchRequests(ObjectWriter writer, Updates updates, Bodies bodies, Requests requests) {
        this.writer = writer;
        this.updates = updates;
        this.bodies = bodies;
        this.requests = requests;
    }

    void handle(HttpServerRequest request, RequestPath path, Buffer body) {
        String header = request.getHeader("content-type");
        String contentType = header == null ? "" : header.split(";", 2)[0].strip();
        boolean apply = contentType.equals("application/apply-patch+yaml");
        if (!apply) {
            Patches.known(contentType);
        }
        if (!apply && request.getParam("force") != null) {
            throw ApiError.option(request, "force", "Forbidden: may not be specified for non-apply patch");
        }
        WriteOptions options = WriteOptions.of(request, apply ? "apply" : "patch");
        UnknownFields wish = UnknownFields.of(request);
        List<String> problems = new ArrayList<>();
        JsonNode patch = patch(body, contentType, problems);
        if (apply && !problems.isEmpty()) {
            wish.twice(YamlDuplicates.in(body.toString()));
        }
        if (apply) {
            requests.count("apply");
            apply(request, path, patch, options);
            return;
        }
        requests.count("patch");
        boolean scale = path.subresource().equals("scale");
        Schema schema = scale ? Schema.DEDUCED : path.type().schema();
        boolean custom = path.type().custom() != null;
        String whole = path.type().id().equals("poddisruptionbudgets.policy") ? "selector" : "";
        updates.modify(request, path, options, live -> {
            ObjectNode patched = Patches.apply(contentType, schema, custom, whole, live, patch)
                    .deepCopy();
            if (contentType.contains("strategic")) {
                // What it says of the kind is passed over.
                patched.set("kind", patch.path("kind").isTextual() ? live.path("kind") : patched.path("kind"));
                patched.set(
                        "apiVersion",
                        patch.path("apiVersion").isTextual() ? live.path("apiVersion") : patched.path("apiVersion"));
            }
            bodies.patched(request, path, contentType, patch, patched);
            if (!scale && !custom && Json.name(patched).isEmpty()) {
                throw Validation.undeterminable(path.name());
            }
            if (!scale && custom) {
                CustomObjects.named(path.type(), path.name(), patched);
            }
            if (!scale) {
                UpdateRules.versioned(path.type(), path.name(), patched);
                Updates.owners(request, patched);
            }
            String uid = Json.uid(patched);
            if (!scale && !uid.isEmpty() && !uid.equals(Json.uid(live))) {
                throw ApiError.invalid(
                        path.type(), path.name(), "metadata.uid", "Invalid value: \"" + uid + "\": field is immutable");
            }
            return patched;
        });
    }

    /// @param problems takes what is there twice
    private static JsonNode patch(Buffer body, String contentType, List<String> problems) {
        boolean yaml = contentType.endsWith("yaml");
        try {
            JsonNode patch = yaml ? BodyText.yaml(body, problems) : BodyText.json(body, problems);
            return yaml && patch.isNull() ? Json.object() : patch;
        } catch (BodyText.Unreadable e) {
            boolean strategic = contentType.contains("strategic");
            String what = yaml ? "error decoding YAML: error converting YAML to JSON: " : "error decoding patch: ";
            throw ApiError.badRequest((strategic ? "" : what) + e.getMessage());
        }
    }

    private void apply(HttpServerRequest request, RequestPath path, JsonNode patch, WriteOptions options) {
        if (patch.path("metadata").path("managedFields").isArray()) {
            throw ApiError.badRequest("metadata.managedFields must be nil");
        }
        if (!(patch instanceof ObjectNode intent)) {
            throw ApiError.badRequest("error decoding YAML: error unmarshaling JSON: while decoding JSON: json: cannot"
                    + " unmarshal " + BodyText.type(patch) + " into Go value of type map[string]interface {}");
        }
        if (path.subresource().equals("scale")) {
            throw ApiError.of(415, "UnsupportedMediaType", "apply to the scale subresource is not supported yet");
        }
        String apiVersion = intent.path("apiVersion").asText();
        String kind = intent.path("kind").isTextual() ? intent.path("kind").asText() : "";
        if (!path.type().apiVersion().equals(apiVersion) || !path.type().kind().equals(kind)) {
            throw ApiError.badRequest("invalid object type: "
                    + (apiVersion.isEmpty() ? "/, Kind=" + kind : ApiError.kind(apiVersion, kind)));
        }
        bodies.fits(path, intent);
        ObjectWriter.Written out = writer.apply(
                path.type(),
                path.namespace(),
                path.name(),
                path.subresource(),
                intent,
                options,
                merged -> bodies.merged(path, merged, intent));
        if (path.subresource().isEmpty()) {
            Updates.answer(request, path.type(), out.created() ? 201 : 200, out.stored());
        } else {
            Answers.object(request, path.type(), 200, out.stored());
        }
    }
}
