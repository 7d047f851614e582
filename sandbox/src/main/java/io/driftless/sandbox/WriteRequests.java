package io.driftless.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.objects.Schema;
import io.driftless.sandbox.Store.Snapshot;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/// Requests that write: create, update, patch, apply, delete.
final class WriteRequests {
    /// Of these the last state is the answer when they are deleted, of all others that they were.
    private static final Set<String> SHOWN_WHEN_GONE = Set.of(
            "pods",
            "podtemplates",
            "resourcequotas",
            "serviceaccounts",
            "services",
            "persistentvolumes",
            "persistentvolumeclaims",
            "csidrivers.storage.k8s.io",
            "storageclasses.storage.k8s.io");

    private static final String ORPHANS = "child pods are preserved by default when jobs are deleted; set"
            + " propagationPolicy=Background to remove them or set propagationPolicy=Orphan to suppress this warning";
    private final Store store;
    private final ObjectWriter writer;
    private final ObjectRemover remover;
    private final Requests requests;
    private final Bodies bodies = new Bodies();

    WriteRequests(Store store, ObjectWriter writer, ObjectRemover remover, Requests requests) {
        this.store = store;
        this.writer = writer;
        this.remover = remover;
        this.requests = requests;
    }

    void handle(HttpServerRequest request, RequestPath path, Buffer body) {
        if (path.type().id().equals("services")) {
            ScopedValue.where(ServicePortRules.TRIED, request.getParam("dryRun") != null)
                    .run(() -> write(request, path, body));
        } else if (path.type().defined() == null) {
            write(request, path, body);
        } else {
            Stored before = path.name().isEmpty()
                    ? null
                    : store.get(ObjectWriter.key(path.type(), path.namespace(), path.name()));
            JsonNode held = before == null
                    ? Json.object()
                    : before.tree().path("metadata").path("finalizers");
            ScopedValue.where(UnknownFields.CURRENT, UnknownFields.of(request))
                    .where(Advice.HELD, held)
                    .run(() -> write(request, path, body));
        }
    }

    private void write(HttpServerRequest request, RequestPath path, Buffer body) {
        boolean collection = path.name().isEmpty();
        if (collection && path.type().namespaced() && path.namespace().isEmpty()) {
            throw ApiError.methodNotAllowed();
        }
        switch (request.method().name()) {
            case "POST" -> {
                supported(collection);
                requests.count("create");
                WriteOptions options = options(request, path, "create");
                answer(request, path.type(), 201, create(request, path, bodies.read(request, path, body), options));
            }
            case "PUT" -> {
                supported(!collection);
                requests.count("update");
                WriteOptions options = options(request, path, "update");
                ObjectNode next = bodies.read(request, path, body);
                if (Json.name(next).isEmpty()) {
                    throw Validation.undeterminable(path.name());
                }
                replace(request, path, next, options);
            }
            case "PATCH" -> {
                supported(!collection);
                patch(request, path, body);
            }
            case "DELETE" -> {
                supported(!collection || path.type().verbs().contains("deletecollection"));
                requests.count("delete");
                delete(request, path, body);
            }
            default -> supported(false);
        }
    }

    /// What is to be said of an object is said too where its name is taken.
    private Stored create(HttpServerRequest request, RequestPath path, ObjectNode body, WriteOptions options) {
        try {
            owners(request, body);
            return writer.create(path.type(), path.namespace(), body, options).stored();
        } catch (ApiError e) {
            if (e.code() == 409) {
                Advice.about(path.type(), body, true).forEach(advice -> warn(request, advice));
            }
            throw e;
        }
    }

    /// An owner that is named twice is taken for one.
    private static void owners(HttpServerRequest request, ObjectNode object) {
        String again = RepeatedOwners.drop(object);
        if (!again.isEmpty()) {
            warn(request, again);
        }
    }

    private void replace(HttpServerRequest request, RequestPath path, ObjectNode next, WriteOptions options) {
        ResourceType type = path.type();
        boolean scale = path.subresource().equals("scale");
        if (!scale && type.defined() != null) {
            CustomObjects.read(type, type.defined(), next);
        }
        if (scale) {
            Validation.named(next, path.name());
        } else {
            Validation.prepare(type, path.namespace(), path.name(), next);
            owners(request, next);
        }
        if (path.subresource().isEmpty()
                && UpdateRules.makes(type)
                && store.get(ObjectWriter.key(type, path.namespace(), path.name())) == null) {
            String uid = Json.uid(next);
            if (!uid.isEmpty()) {
                throw ApiError.otherUid(type, path.namespace(), path.name(), uid, "");
            }
            Json.meta(next).remove("resourceVersion");
            answer(
                    request,
                    type,
                    201,
                    writer.create(type, path.namespace(), next, options).stored());
            return;
        }
        modify(request, path, options, _ -> {
            if (!scale) {
                UpdateRules.versioned(type, path.name(), next);
            }
            return next.deepCopy();
        });
    }

    private static void supported(boolean method) {
        if (!method) {
            throw ApiError.methodNotAllowed();
        }
    }

    private void patch(HttpServerRequest request, RequestPath path, Buffer body) {
        String header = request.getHeader("content-type");
        String contentType = header == null ? "" : header.split(";", 2)[0].strip();
        boolean apply = contentType.startsWith("application/apply-patch+");
        if (!apply) {
            Patches.known(contentType);
        }
        if (!apply && request.getParam("force") != null) {
            throw ApiError.option(request, "force", "Forbidden: may not be specified for non-apply patch");
        }
        WriteOptions options = options(request, path, apply ? "apply" : "patch");
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
        modify(request, path, options, live -> {
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
            if (!scale && custom) {
                CustomObjects.named(path.type(), path.name(), patched);
            }
            if (!scale) {
                UpdateRules.versioned(path.type(), path.name(), patched);
                owners(request, patched);
            }
            String uid = Json.uid(patched);
            if (!scale && !uid.isEmpty() && !uid.equals(Json.uid(live))) {
                throw ApiError.invalid(
                        path.type(), path.name(), "metadata.uid", "Invalid value: \"" + uid + "\": field is immutable");
            }
            if (!scale) {
                UpdateRules.versioned(path.type(), path.name(), patched);
            }
            return patched;
        });
    }

    /// @param problems takes what is there twice
    private static JsonNode patch(Buffer body, String contentType, List<String> problems) {
        boolean yaml = contentType.endsWith("yaml");
        try {
            return yaml && body.length() == 0 ? Json.object() : Json.parse(body, yaml, problems);
        } catch (Json.Unreadable e) {
            throw ApiError.badRequest("error decoding " + (yaml ? "YAML" : "patch") + ": " + e.getMessage());
        }
    }

    private void apply(HttpServerRequest request, RequestPath path, JsonNode patch, WriteOptions options) {
        if (patch.path("metadata").path("managedFields").isArray()) {
            throw ApiError.badRequest("metadata.managedFields must be nil");
        }
        if (!(patch instanceof ObjectNode intent)) {
            throw ApiError.badRequest("error decoding YAML: an apply takes an object");
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
            answer(request, path.type(), out.created() ? 201 : 200, out.stored());
        } else {
            Answers.object(request, path.type(), 200, out.stored());
        }
    }

    private void modify(
            HttpServerRequest request, RequestPath path, WriteOptions options, UnaryOperator<ObjectNode> change) {
        boolean scale = path.subresource().equals("scale");
        Stored out = writer.update(
                path.type(),
                path.namespace(),
                path.name(),
                path.subresource(),
                options,
                live -> scale
                        ? Scale.into(path.type(), live, change.apply(Scale.of(path.type(), live)))
                        : change.apply(live));
        if (scale) {
            Answers.send(request.response(), 200, Scale.of(path.type(), out.in(path.type())), Answers.JSON);
        } else {
            if (path.subresource().isEmpty()) {
                answer(request, path.type(), 200, out);
            } else {
                Answers.object(request, path.type(), 200, out);
            }
        }
    }

    private static void answer(HttpServerRequest request, ResourceType type, int code, Stored written) {
        Advice.about(type, written.tree(), code == 201).forEach(advice -> warn(request, advice));
        Answers.object(request, type, code, written);
    }

    private static void warn(HttpServerRequest request, String text) {
        request.response().headers().add("Warning", "299 - " + Json.quoted(text));
    }

    private void delete(HttpServerRequest request, RequestPath path, Buffer body) {
        DeleteOptions wish = DeleteOptions.of(request, body);
        ObjectNode options = wish.body();
        boolean dryRun = wish.dryRun();
        ResourceType type = path.type();
        Author author = options(request, path, "delete").author();
        if (path.name().isEmpty()) {
            Predicate<JsonNode> selector =
                    Selectors.of(type, request.getParam("labelSelector"), request.getParam("fieldSelector"));
            Snapshot met = store.snapshot(type.id(), path.namespace()).where(selector);
            for (Stored object : met.objects()) {
                remover.delete(type, object.key(), options, dryRun, author);
            }
            ObjectNode meta = Json.object();
            if (type.custom() != null && !Answers.accept(request).contains("as=PartialObjectMetadataList")) {
                meta.put("continue", "");
            }
            Answers.list(request, type, met.objects(), meta.put("resourceVersion", "" + met.version()));
            return;
        }
        if (type.id().equals("jobs.batch") && !options.has("propagationPolicy")) {
            warn(request, ORPHANS);
            options.put("propagationPolicy", "Orphan");
        }
        Store.Key key = ObjectWriter.key(type, path.namespace(), path.name());
        Stored live = store.get(key);
        Stored left = remover.delete(type, key, options, dryRun, author);
        if (left != null) {
            Answers.object(request, type, 200, left);
        } else if (live != null && SHOWN_WHEN_GONE.contains(type.id())) {
            Answers.object(request, type, 200, type.id().equals("pods") ? remover.ended(type, live) : live);
        } else {
            Answers.success(request.response(), type, path.name(), live == null ? "" : live.uid());
        }
    }

    private static WriteOptions options(HttpServerRequest request, RequestPath path, String verb) {
        String client = Call.client(request);
        String manager = request.getParam("fieldManager");
        if (manager == null || manager.isEmpty()) {
            if (verb.equals("apply")) {
                throw ApiError.option(request, "fieldManager", "Required value: is required for apply patch");
            }
            manager = client;
        }
        if (manager.length() > 128) {
            throw ApiError.option(request, "fieldManager", "Too long: may not be more than 128 bytes");
        }
        String dryRun = request.getParam("dryRun");
        if (dryRun != null && !dryRun.equals("All")) {
            throw ApiError.option(
                    request, "dryRun", "Unsupported value: [\"" + dryRun + "\"]: supported values: \"All\"");
        }
        return new WriteOptions(dryRun != null, Answers.flag(request, "force"), new Author(client, verb, manager));
    }
}
