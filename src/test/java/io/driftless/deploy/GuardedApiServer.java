package io.driftless.deploy;

import io.vertx.core.Context;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;

/// Stands before an API server for one service account: passes on what its rights allow, answers 403 to the rest, and
/// remembers both.
final class GuardedApiServer implements AutoCloseable {
    private final Vertx vertx;
    private final URI target;
    private final Rights rights;
    private final HttpClient client;
    private final HttpServer server;
    private final Set<Access> allowed = ConcurrentHashMap.newKeySet();
    private final Set<Access> refused = ConcurrentHashMap.newKeySet();

    private final Queue<Runnable> late = new ConcurrentLinkedQueue<>();
    private volatile Predicate<Access> held = access -> false;

    private GuardedApiServer(Vertx vertx, URI target, Rights rights) {
        this.vertx = vertx;
        this.target = target;
        this.rights = rights;
        this.client = vertx.createHttpClient(new PoolOptions().setHttp1MaxSize(500));
        this.server = vertx.createHttpServer()
                .requestHandler(this::handle)
                .listen(0, "127.0.0.1")
                .await();
    }

    /// Requests of this kind wait until [#goOn].
    void holdBack(Predicate<Access> kind) {
        held = kind;
    }

    void goOn() {
        held = access -> false;
        for (Runnable waiting = late.poll(); waiting != null; waiting = late.poll()) {
            waiting.run();
        }
    }

    /// How many requests wait.
    int waiting() {
        return late.size();
    }

    static GuardedApiServer start(Vertx vertx, URI target, Rights rights) {
        return new GuardedApiServer(vertx, target, rights);
    }

    Set<Access> allowed() {
        return Set.copyOf(allowed);
    }

    Set<Access> refused() {
        return Set.copyOf(refused);
    }

    Path kubeconfig(Path file) throws IOException {
        return Files.writeString(file, """
                apiVersion: v1
                kind: Config
                current-context: guarded
                clusters: [{name: guarded, cluster: {server: "http://127.0.0.1:%d"}}]
                users: [{name: guarded, user: {}}]
                contexts: [{name: guarded, context: {cluster: guarded, user: guarded}}]
                """.formatted(server.actualPort()));
    }

    private void handle(HttpServerRequest request) {
        Map<String, String> parameters = new HashMap<>();
        request.params().forEach(parameters::put);
        Optional<Access> access = Access.of(request.method().name(), request.path(), parameters);
        if (access.isPresent() && !rights.allow(access.get())) {
            refuse(request.response(), access.get());
            return;
        }
        access.ifPresent(allowed::add);
        boolean apply = "application/apply-patch+yaml".equals(request.getHeader("Content-Type"));
        Context context = vertx.getOrCreateContext();
        request.body().onSuccess(body -> {
            Runnable onwards = () -> forward(request, body, apply ? access : Optional.empty());
            if (access.filter(held).isPresent()) {
                late.add(() -> context.runOnContext(now -> onwards.run()));
            } else {
                onwards.run();
            }
        });
    }

    private void refuse(HttpServerResponse response, Access access) {
        refused.add(access);
        response.setStatusCode(403)
                .putHeader("Content-Type", "application/json")
                .end("""
                {"kind":"Status","apiVersion":"v1","status":"Failure","reason":"Forbidden","code":403,
                 "message":"%s is forbidden"}""".formatted(access));
    }

    /// @param apply an apply also needs the right to create where it creates
    private void forward(HttpServerRequest request, Buffer body, Optional<Access> apply) {
        HttpServerResponse response = request.response();
        RequestOptions options = new RequestOptions()
                .setMethod(request.method())
                .setHost(target.getHost())
                .setPort(target.getPort())
                .setURI(request.uri())
                .setHeaders(MultiMap.caseInsensitiveMultiMap()
                        .addAll(request.headers())
                        .remove("Host")
                        .remove("Content-Length"));
        client.request(options)
                .compose(out -> {
                    request.connection().closeHandler(closed -> out.reset());
                    return out.send(body).compose(in -> {
                        if (in.statusCode() == 201) {
                            apply.ifPresent(this::created);
                        }
                        return pass(in, response);
                    });
                })
                .onFailure(problem -> {
                    if (!response.headWritten()) {
                        response.setStatusCode(502).end();
                    }
                });
    }

    private void created(Access apply) {
        Access create = new Access("create", apply.group(), apply.resource(), apply.namespace(), "");
        (rights.allow(create) ? allowed : refused).add(create);
    }

    private static io.vertx.core.Future<Void> pass(HttpClientResponse in, HttpServerResponse response) {
        response.setStatusCode(in.statusCode()).setChunked(true);
        String type = in.getHeader("Content-Type");
        if (type != null) {
            response.putHeader("Content-Type", type);
        }
        return in.pipeTo(response);
    }

    @Override
    public void close() {
        server.close().await();
        client.close().await();
    }
}
