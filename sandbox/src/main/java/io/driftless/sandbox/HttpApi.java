package io.driftless.sandbox;

import io.driftless.sandbox.model.ApiError;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/// The outside of the server: reads a request, sends it to discovery or to a resource, writes the
/// answer or the refusal.
final class HttpApi implements Handler<HttpServerRequest> {
    private static final int MAX_BODY = 3 * 1024 * 1024;
    private final ResourceRegistry registry;
    private final FaultyRequests resources;
    private final AdminRequests admin;
    private final AccessGate gate;
    private final Metrics metrics;
    private final Documents documents;

    HttpApi(
            ResourceRegistry registry,
            FaultyRequests resources,
            AdminRequests admin,
            AccessGate gate,
            Metrics metrics) {
        this.registry = registry;
        this.resources = resources;
        this.admin = admin;
        this.gate = gate;
        this.metrics = metrics;
        this.documents = new Documents(registry);
    }

    @Override
    public void handle(HttpServerRequest request) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        request.response()
                .putHeader("audit-id", new UUID(random.nextLong(), random.nextLong()).toString())
                .putHeader("cache-control", "no-cache, private");
        if (request.method() == HttpMethod.GET || request.method() == HttpMethod.HEAD) {
            answer(request, Buffer.buffer());
            return;
        }
        Buffer body = Buffer.buffer();
        boolean[] refused = {false};
        request.handler(chunk -> {
            if (refused[0]) {
                return;
            }
            if (body.length() + chunk.length() > MAX_BODY) {
                refused[0] = true;
                Answers.refuse(
                        request.response(),
                        ApiError.of(
                                413,
                                "RequestEntityTooLarge",
                                "Request entity too large: limit is " + MAX_BODY + " bytes"));
            } else {
                body.appendBuffer(chunk);
            }
        });
        request.endHandler(_ -> {
            if (!refused[0]) {
                answer(request, body);
            }
        });
    }

    private void answer(HttpServerRequest request, Buffer body) {
        Answers.formed(request, () -> Answers.guarded(request, () -> gate.pass(request, () -> handle(request, body))));
    }

    private void handle(HttpServerRequest request, Buffer body) {
        if (request.path().startsWith(AdminRequests.PREFIX)) {
            admin.handle(request, body);
            return;
        }
        if (documents.answer(request)) {
            return;
        }
        if (request.path().equals("/metrics")) {
            metrics.answer(request);
            return;
        }
        RequestPath path = RequestPath.parse(request.path(), registry);
        if (path == null) {
            String[] parts = request.path().split("/");
            boolean group = parts.length > 2 && parts[1].equals("apis");
            boolean core = parts.length > 1 && parts[1].equals("api");
            if (group ? !registry.builtIn(parts[2]) : !core) {
                request.response().setStatusCode(404).putHeader("content-type", "text/plain; charset=utf-8");
                request.response().end("404 page not found\n");
                return;
            }
            throw ApiError.noSuchPath();
        }
        Acceptance.ofResource(request, path);
        resources.handle(request, path, body);
    }
}
