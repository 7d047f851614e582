package io.driftless.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.sandbox.Store.Key;
import io.driftless.sandbox.access.Rbac;
import io.driftless.sandbox.model.Json;
import io.driftless.sandbox.model.ResourceType;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A Kubernetes API server in this process: plain HTTP, no authentication, everything in memory.
/// Real clients work against it. Controllers imitate what a cluster does with workloads: pods are
/// ready at once, except where an image is named `…never-ready…`.
public final class Sandbox implements AutoCloseable {
    private static final int AUDITED = 100_000;
    private final Store store;
    private final ResourceRegistry registry;
    private final ObjectWriter writer;
    private final Requests requests = new Requests();
    private final Faults faults = new Faults();
    private final ReadRequests reads;
    private final Controllers controllers;
    private final AuditLog audit;
    private final HttpServer server;
    private final String host;

    private Sandbox(Vertx vertx, SandboxOptions options) throws IOException {
        this.audit = new AuditLog(AUDITED, options.auditFile());
        this.store = new Store(options.history());
        this.registry = new ResourceRegistry();
        NamespaceBounds bounds = new NamespaceBounds();
        store.listen(bounds::changed);
        QuotaGuard guard =
                new QuotaGuard(bounds, new StatusReports(store), registry.builtIn("v1", NamespaceBounds.QUOTAS));
        this.writer = new ObjectWriter(store, guard);
        this.reads = new ReadRequests(vertx, store, requests);
        ObjectRemover remover = new ObjectRemover(store);
        store.listen(audit::changed);
        Rbac rbac = new Rbac(new StoredRoles(store));
        ServiceAccountTokens tokens = new ServiceAccountTokens(store);
        this.controllers = new Controllers(store, registry, bounds, writer, remover, tokens);
        AccessGate gate = new AccessGate(store, rbac, tokens);
        ResourceRequests resources = new ResourceRequests(
                reads,
                new WriteRequests(store, writer, remover, requests),
                new ReviewRequests(gate, rbac, tokens),
                new PodRequests(
                        store,
                        new PodEviction(store, registry.builtIn("policy/v1", "poddisruptionbudgets"), remover),
                        new PodBinding(store, registry.builtIn("v1", "pods")),
                        registry.builtIn("v1", "bindings")),
                new ProxyRequests(store));
        HttpServerOptions http = new HttpServerOptions()
                .setHost(options.host())
                .setPort(options.port())
                .setMaxInitialLineLength(64 * 1024)
                .setMaxHeaderSize(64 * 1024)
                .setTcpNoDelay(true)
                // No client speaks web sockets here; their handlers would look at each request and answer.
                .setPerFrameWebSocketCompressionSupported(false)
                .setPerMessageWebSocketCompressionSupported(false);
        this.server = vertx.createHttpServer(http)
                .requestHandler(new HttpApi(
                        registry,
                        new FaultyRequests(vertx, faults, resources),
                        new AdminRequests(store, faults, audit, reads),
                        gate,
                        new Metrics(store, requests)));
        this.host = options.host();
    }

    /// Starts on a Vert.x of the caller, which must outlive it. The future fails where the address is taken or the
    /// file of the audit log cannot be written.
    public static Future<Sandbox> start(Vertx vertx, SandboxOptions options) {
        try {
            Sandbox sandbox = new Sandbox(vertx, options);
            sandbox.begin();
            return sandbox.server.listen().map(sandbox).onFailure(_ -> sandbox.close());
        } catch (IOException e) {
            return Future.failedFuture(e);
        }
    }

    private void begin() {
        controllers.start();
        new FirstObjects(store, registry, writer).create();
    }

    /// The address of the server, without a trailing slash.
    public URI url() {
        return URI.create("http://" + host + ":" + server.actualPort());
    }

    /// Writes a kubeconfig whose only context (`sandbox`) points here, and returns its path.
    public Path writeKubeconfig(Path file) throws IOException {
        String text = """
                apiVersion: v1
                kind: Config
                current-context: sandbox
                clusters:
                - name: sandbox
                  cluster:
                    server: %s
                users:
                - name: sandbox
                  user: {}
                contexts:
                - name: sandbox
                  context:
                    cluster: sandbox
                    user: sandbox
                    namespace: default
                """.formatted(url());
        Path parent = file.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        return Files.writeString(file, text);
    }

    /// Requests over HTTP so far: get, list, watch, create, update, patch, apply, delete. Verbs
    /// never used are absent.
    public Map<String, Long> requestsByVerb() {
        return requests.snapshot();
    }

    /// An object, null where there is none; `namespace` is empty for cluster-wide kinds. Not to be changed.
    public @Nullable JsonNode get(String apiVersion, String kind, String namespace, String name) {
        ResourceType type = type(apiVersion, kind);
        Stored found = store.get(new Key(type.id(), namespace, name));
        return found == null ? null : found.in(type);
    }

    /// The objects of a kind, of all namespaces where `namespace` is empty.
    public List<JsonNode> list(String apiVersion, String kind, String namespace) {
        ResourceType type = type(apiVersion, kind);
        List<JsonNode> out = new ArrayList<>();
        store.list(type.id(), namespace).forEach(o -> out.add(o.in(type)));
        return out;
    }

    /// Creates an object without a request.
    public JsonNode create(JsonNode object) {
        ResourceType type = registry.typeOf(object);
        String namespace =
                type.namespaced() ? object.path("metadata").path("namespace").asText("default") : "";
        return writer.create(type, namespace, (ObjectNode) object, WriteOptions.by("sandbox"))
                .stored()
                .in(type);
    }

    /// Applies an object, by force, without a request.
    public JsonNode apply(JsonNode object, String fieldManager) {
        ResourceType type = registry.typeOf(object);
        String namespace =
                type.namespaced() ? object.path("metadata").path("namespace").asText("default") : "";
        WriteOptions options = new WriteOptions(false, true, new Author("sandbox", "apply", fieldManager));
        return writer.apply(type, namespace, Json.name(object), "", (ObjectNode) object, options, _ -> {})
                .stored()
                .in(type);
    }

    /// The version of the last change.
    public long resourceVersion() {
        return store.version();
    }

    /// Forgets past changes, as a compaction does: watches that resume from before now are told 410.
    public void forgetHistory() {
        store.forgetHistory();
        reads.forgetPages();
    }

    /// What goes wrong on command.
    public Faults faults() {
        return faults;
    }

    /// Cuts the connections of all open watches, as a network that breaks does.
    public void cutWatches() {
        reads.cutWatches();
    }

    /// Every write that was stored.
    public AuditLog audit() {
        return audit;
    }

    private ResourceType type(String apiVersion, String kind) {
        ResourceType type = registry.byKind(apiVersion, kind);
        if (type == null) {
            throw new IllegalArgumentException(
                    "the sandbox serves no " + apiVersion + " " + kind + ": create its CustomResourceDefinition first");
        }
        return type;
    }

    /// Stops serving; open watches are cut. Does not wait.
    @Override
    public void close() {
        controllers.close();
        audit.close();
        var _ = server.close();
    }
}
