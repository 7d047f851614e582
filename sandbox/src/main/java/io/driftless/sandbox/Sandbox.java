package io.driftless.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.sandbox.Store.Key;
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

/// A Kubernetes API server in this process: plain HTTP, no authentication, everything in memory. Real
/// clients
/// work against it.
/// Controllers imitate what a cluster does with workloads: pods are ready at once, except where an image is
/// named
/// `…never-ready…`.
public final class Sandbox implements AutoCloseable {
    private final Store store;
    private final ResourceRegistry registry;
    private final ObjectWriter writer;
    private final Requests requests;
    private final Controllers controllers;
    private final HttpServer server;
    private final URI url;

    private Sandbox(
            Store store,
            ResourceRegistry registry,
            ObjectWriter writer,
            Requests requests,
            Controllers controllers,
            HttpServer server,
            URI url) {
        this.store = store;
        this.registry = registry;
        this.writer = writer;
        this.requests = requests;
        this.controllers = controllers;
        this.server = server;
        this.url = url;
    }

    /// Starts on a Vert.x of the caller, which must outlive it. The future fails where the address is
    /// taken.
    public static Future<Sandbox> start(Vertx vertx, SandboxOptions options) {
        Store store = new Store(options.history());
        ResourceRegistry registry = new ResourceRegistry();
        ObjectWriter writer = new ObjectWriter(store, registry);
        ObjectRemover remover = new ObjectRemover(store);
        Requests requests = new Requests();
        Controllers controllers = new Controllers(store, registry, writer, remover);
        controllers.start();
        for (String namespace : List.of("default", "kube-system", "kube-public", "kube-node-lease")) {
            ObjectNode body = Json.object();
            body.putObject("metadata").put("name", namespace);
            writer.create(registry.builtIn("v1", "namespaces"), "", body, WriteOptions.by("sandbox"));
        }
        ResourceRequests resources = new ResourceRequests(
                new ReadRequests(vertx, store, requests), new WriteRequests(store, writer, remover, requests));
        HttpServerOptions http = new HttpServerOptions()
                .setHost(options.host())
                .setPort(options.port())
                .setMaxInitialLineLength(64 * 1024)
                .setMaxHeaderSize(64 * 1024)
                .setTcpNoDelay(true);
        return vertx.createHttpServer(http)
                .requestHandler(new HttpApi(registry, resources))
                .listen()
                .map(server -> {
                    URI url = URI.create("http://" + options.host() + ":" + server.actualPort());
                    return new Sandbox(store, registry, writer, requests, controllers, server, url);
                })
                .onFailure(_ -> controllers.close());
    }

    /// The address of the server, without a trailing slash.
    public URI url() {
        return url;
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
                """.formatted(url);
        Path parent = file.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        return Files.writeString(file, text);
    }

    /// Requests over HTTP so far: get, list, watch, create, update, patch, apply, delete. Verbs never
    /// used are
    /// absent.
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
        ResourceType type = writer.typeOf(object);
        String namespace =
                type.namespaced() ? object.path("metadata").path("namespace").asText("default") : "";
        return writer.create(type, namespace, (ObjectNode) object, WriteOptions.by("sandbox"))
                .stored()
                .in(type);
    }

    /// Applies an object, by force, without a request.
    public JsonNode apply(JsonNode object, String fieldManager) {
        ResourceType type = writer.typeOf(object);
        String namespace =
                type.namespaced() ? object.path("metadata").path("namespace").asText("default") : "";
        WriteOptions options = new WriteOptions(false, true, new Author("sandbox", "apply", fieldManager));
        return writer.apply(type, namespace, Json.name(object), "", (ObjectNode) object, options)
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
        var _ = server.close();
    }
}
