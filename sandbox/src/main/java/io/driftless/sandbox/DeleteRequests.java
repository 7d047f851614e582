package io.driftless.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.sandbox.Store.Snapshot;
import io.driftless.sandbox.model.Json;
import io.driftless.sandbox.model.ResourceType;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.Set;
import java.util.function.Predicate;

/// Deletions, of one object or of all that are met.
final class DeleteRequests {
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
    private final ObjectRemover remover;

    DeleteRequests(Store store, ObjectRemover remover) {
        this.store = store;
        this.remover = remover;
    }

    void handle(HttpServerRequest request, RequestPath path, Buffer body) {
        DeleteOptions wish = DeleteOptions.of(request, body);
        ObjectNode options = wish.body();
        boolean dryRun = wish.dryRun();
        ResourceType type = path.type();
        Author author = WriteOptions.of(request, "delete").author();
        if (path.name().isEmpty()) {
            Predicate<JsonNode> selector =
                    Selectors.of(type, request.getParam("labelSelector"), request.getParam("fieldSelector"));
            Snapshot met = store.snapshot(type.id(), path.namespace()).where(selector);
            for (Stored object : met.objects()) {
                remover.delete(type, object.key(), options, dryRun, author);
            }
            ObjectNode meta = Json.object();
            Answers.list(request, type, met.objects(), meta.put("resourceVersion", "" + met.version()));
            return;
        }
        if (type.id().equals("jobs.batch") && !options.has("propagationPolicy")) {
            Updates.warn(request, ORPHANS);
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
}
