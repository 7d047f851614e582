package io.driftless.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.sandbox.model.ApiError;
import io.driftless.sandbox.model.Json;
import io.driftless.sandbox.model.ResourceType;
import io.driftless.sandbox.rules.Advice;
import io.driftless.sandbox.rules.ServicePortRules;
import io.driftless.sandbox.rules.UpdateRules;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;

/// Requests that write. Creates and updates are done here, patches and deletions by others.
final class WriteRequests {
    private final Store store;
    private final ObjectWriter writer;
    private final Requests requests;
    private final Bodies bodies;
    private final Updates updates;
    private final PatchRequests patches;
    private final DeleteRequests deletions;

    WriteRequests(Store store, ObjectWriter writer, ObjectRemover remover, Requests requests) {
        this.store = store;
        this.writer = writer;
        this.requests = requests;
        this.bodies = new Bodies();
        this.updates = new Updates(writer);
        this.patches = new PatchRequests(writer, updates, bodies, requests);
        this.deletions = new DeleteRequests(store, remover);
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
                WriteOptions options = WriteOptions.of(request, "create");
                Updates.answer(
                        request, path.type(), 201, create(request, path, bodies.read(request, path, body), options));
            }
            case "PUT" -> {
                supported(!collection);
                requests.count("update");
                WriteOptions options = WriteOptions.of(request, "update");
                ObjectNode next = bodies.read(request, path, body);
                if (Json.name(next).isEmpty()) {
                    throw Validation.undeterminable(path.name());
                }
                replace(request, path, next, options);
            }
            case "PATCH" -> {
                supported(!collection);
                patches.handle(request, path, body);
            }
            case "DELETE" -> {
                supported(path.subresource().isEmpty()
                        && path.type().verbs().contains(collection ? "deletecollection" : "delete"));
                requests.count("delete");
                deletions.handle(request, path, body);
            }
            default -> supported(false);
        }
    }

    /// What is to be said of an object is said too where its name is taken.
    private Stored create(HttpServerRequest request, RequestPath path, ObjectNode body, WriteOptions options) {
        try {
            Updates.owners(request, body);
            return writer.create(path.type(), path.namespace(), body, options).stored();
        } catch (ApiError e) {
            if (e.code() == 409) {
                Advice.about(path.type(), body, true).forEach(advice -> Updates.warn(request, advice));
            }
            throw e;
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
            Updates.owners(request, next);
        }
        if (path.subresource().isEmpty()
                && UpdateRules.makes(type)
                && store.get(ObjectWriter.key(type, path.namespace(), path.name())) == null) {
            String uid = Json.uid(next);
            if (!uid.isEmpty()) {
                throw ApiError.otherUid(type, path.namespace(), path.name(), uid, "");
            }
            Json.meta(next).remove("resourceVersion");
            Updates.answer(
                    request,
                    type,
                    201,
                    writer.create(type, path.namespace(), next, options).stored());
            return;
        }
        updates.modify(request, path, options, _ -> {
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
}
