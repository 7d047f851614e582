package io.driftless.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.events.GroupKind;
import io.driftless.events.ResourceId;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A Kubernetes API server reached over HTTP.
public final class KubernetesCluster implements Cluster, AutoCloseable {
    private static final int PAGE = 500;
    private static final long LOG_MILLIS = 30_000;
    private static final long LONGEST_SILENCE_MILLIS = 3_600_000;

    private final String server;
    private final ApiConnection connection;
    private final Discovery discovery;

    KubernetesCluster(String server, ApiConnection connection) {
        this.server = server;
        this.connection = connection;
        this.discovery = new Discovery(connection);
    }

    @Override
    public String server() {
        return server;
    }

    @Override
    public Optional<ServedKind> kind(GroupKind kind) {
        return discovery.kind(kind);
    }

    @Override
    public Optional<JsonNode> get(ResourceId id, @Nullable String apiVersion) {
        try {
            return Optional.of(connection.get("get", path(id, apiVersion)));
        } catch (ApiException e) {
            if (e.notFound()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    @Override
    public JsonNode create(JsonNode object, String fieldManager, boolean dryRun) {
        ResourceId id = ObjectIds.of(object);
        String path = collection(id.groupKind(), ObjectIds.apiVersion(object), id.namespace());
        return write("create", "POST", path + query(fieldManager, dryRun), null, object, object);
    }

    @Override
    public JsonNode apply(JsonNode object, Apply options) {
        String path = path(ObjectIds.of(object), ObjectIds.apiVersion(object))
                + query(options.fieldManager(), options.dryRun())
                + (options.force() ? "&force=true" : "");
        return write("apply", "PATCH", path, "application/apply-patch+yaml", object, object);
    }

    @Override
    public JsonNode mergePatch(ResourceId id, @Nullable String apiVersion, String subresource, JsonNode patch) {
        String path = path(id, apiVersion) + (subresource.isEmpty() ? "" : '/' + subresource);
        return write("patch", "PATCH", path, "application/merge-patch+json", patch, patch);
    }

    @Override
    public JsonNode replace(JsonNode object, String fieldManager) {
        String path = path(ObjectIds.of(object), ObjectIds.apiVersion(object)) + query(fieldManager, false);
        return write("update", "PUT", path, null, object, object);
    }

    @Override
    public boolean delete(ResourceId id, @Nullable String apiVersion, Delete options) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("apiVersion", "v1").put("kind", "DeleteOptions").put("propagationPolicy", options.propagation());
        if (options.dryRun()) {
            body.putArray("dryRun").add("All");
        }
        if (options.graceSeconds() != null) {
            body.put("gracePeriodSeconds", options.graceSeconds());
        }
        if (options.uid() != null || options.resourceVersion() != null) {
            ObjectNode preconditions = body.putObject("preconditions");
            if (options.uid() != null) {
                preconditions.put("uid", options.uid());
            }
            if (options.resourceVersion() != null) {
                preconditions.put("resourceVersion", options.resourceVersion());
            }
        }
        try {
            connection.send("delete", "DELETE", path(id, apiVersion), null, body);
            return true;
        } catch (ApiException e) {
            if (e.notFound()) {
                return false;
            }
            throw e;
        }
    }

    @Override
    public JsonNode patch(ResourceId id, @Nullable String apiVersion, PatchForm form, JsonNode patch) {
        return write("patch", "PATCH", path(id, apiVersion), form.mediaType(), patch, patch);
    }

    @Override
    public List<JsonNode> list(GroupKind kind, String namespace, String labelSelector) {
        String selector = labelSelector.isEmpty() ? "" : "&labelSelector=" + encode(labelSelector);
        String path = collection(kind, null, namespace) + "?limit=" + PAGE + selector;
        List<JsonNode> items = new ArrayList<>();
        String next = "";
        do {
            JsonNode page = connection.get("list", path + next);
            page.path("items").forEach(items::add);
            String more = page.path("metadata").path("continue").asText("");
            next = more.isEmpty() ? "" : "&continue=" + encode(more);
        } while (!next.isEmpty());
        return items;
    }

    @Override
    public Watch watch(WatchRequest request, WatchHandler handler) {
        ServedKind kind = served(request.kind());
        String path = collection(kind, kind.apiVersion(), request.namespace());
        return ResourceWatch.start(connection, path, kind, request, handler);
    }

    @Override
    public void log(LogRequest request, Consumer<byte[]> lines) throws InterruptedException {
        String path = "/api/v1/namespaces/" + encode(request.namespace()) + "/pods/" + encode(request.pod())
                + "/log?timestamps=true&follow=" + request.follow()
                + (request.container().isEmpty() ? "" : "&container=" + encode(request.container()))
                + (request.tailLines() < 0 ? "" : "&tailLines=" + request.tailLines())
                + (request.sinceSeconds() <= 0 ? "" : "&sinceSeconds=" + request.sinceSeconds())
                + (request.previous() ? "&previous=true" : "");
        long silence = request.follow() ? LONGEST_SILENCE_MILLIS : LOG_MILLIS;
        new WatchStream(connection).run(path, () -> silence, () -> {}, lines);
    }

    private JsonNode write(
            String verb, String method, String path, @Nullable String contentType, JsonNode body, JsonNode about) {
        try {
            return connection.send(verb, method, path, contentType, body);
        } catch (ApiException e) {
            throw SecretErrors.withoutValues(e, about);
        }
    }

    private static String query(String fieldManager, boolean dryRun) {
        return "?fieldManager=" + encode(fieldManager) + (dryRun ? "&dryRun=All" : "");
    }

    private String path(ResourceId id, @Nullable String apiVersion) {
        return collection(id.groupKind(), apiVersion, id.namespace()) + '/' + encode(id.name());
    }

    private String collection(GroupKind kind, @Nullable String apiVersion, String namespace) {
        ServedKind served = served(kind);
        return collection(served, apiVersion == null ? served.apiVersion() : apiVersion, namespace);
    }

    private static String collection(ServedKind kind, String apiVersion, String namespace) {
        String root = kind.kind().group().isEmpty() ? "/api/" : "/apis/";
        String scope = kind.namespaced() && !namespace.isEmpty() ? "/namespaces/" + encode(namespace) : "";
        return root + apiVersion + scope + '/' + kind.plural();
    }

    private ServedKind served(GroupKind kind) {
        return discovery
                .kind(kind)
                .orElseThrow(() -> new ApiException(
                        404,
                        "NoKindMatch",
                        "cluster " + server + " does not serve " + kind
                                + ": install its CustomResourceDefinition first"));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        connection.close();
    }
}
