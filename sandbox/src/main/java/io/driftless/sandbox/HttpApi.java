package io.driftless.sandbox;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.regex.Pattern;

/// The outside of the server: reads a request, sends it to discovery or to a resource, writes the answer
/// or the
/// refusal.
final class HttpApi implements Handler<HttpServerRequest> {
    private static final Pattern ACCEPTED = Pattern.compile("^$|json|yaml|protobuf|\\*/\\*|application/\\*|text/plain");
    private static final Pattern UNKNOWN_FORM =
            Pattern.compile("[^,]*;as=(?!Table;|Table$|PartialObjectMetadata(List)?(;|$))[^,]*");
    private static final int MAX_BODY = 3 * 1024 * 1024;
    private final ResourceRegistry registry;
    private final FaultyRequests resources;
    private final AdminRequests admin;
    private final AccessGate gate;
    private final Documents documents;

    HttpApi(ResourceRegistry registry, FaultyRequests resources, AdminRequests admin, AccessGate gate) {
        this.registry = registry;
        this.resources = resources;
        this.admin = admin;
        this.gate = gate;
        this.documents = new Documents(registry);
    }

    @Override
    public void handle(HttpServerRequest request) {
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
        if (request.method() == HttpMethod.GET && documents.answer(request)) {
            return;
        }
        if (!ACCEPTED.matcher(Answers.accept(request)).find()
                || UNKNOWN_FORM.matcher(Answers.accept(request)).matches()) {
            throw ApiError.general(
                    406,
                    "NotAcceptable",
                    "406: Not Acceptable\n\nAvailable representations: application/json, application/yaml,"
                            + " application/vnd.kubernetes.protobuf, application/json;stream=watch,"
                            + " application/vnd.kubernetes.protobuf;stream=watch");
        }
        RequestPath path = RequestPath.parse(request.path(), registry);
        if (path == null) {
            String[] parts = request.path().split("/");
            boolean group = parts.length > 2 && parts[1].equals("apis");
            boolean core = parts.length > 1 && parts[1].equals("api");
            if (group ? !registry.groups().containsKey(parts[2]) : !core) {
                request.response().setStatusCode(404).putHeader("content-type", "text/plain; charset=utf-8");
                request.response().end("404 page not found\n");
                return;
            }
            throw ApiError.noSuchPath();
        }
        resources.handle(request, path, body);
    }
}
