package io.driftless.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.proto.MethodType;
import io.driftless.proto.Schema;
import io.driftless.proto.WireException;
import io.driftless.proto.WireReader;
import io.driftless.proto.WireWriter;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import java.net.URI;
import java.net.URLDecoder;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Calls over native gRPC and TLS, as Go clients make them: what a message cannot carry, such as an
/// empty list, is lost on its way there and back.
final class Grpc implements AutoCloseable {
    private static final Schema SCHEMA = Schema.argoCd();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int FRAME = 5;
    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client;
    private final URI server;
    private String token = "";

    /// What came back.
    ///
    /// @param status 0 when all is well
    record Reply(int status, String error, @Nullable JsonNode message) {
        JsonNode ok() {
            if (status != 0 || message == null) {
                throw new AssertionError("status " + status + ": " + error);
            }
            return message;
        }
    }

    Grpc(URI server) {
        this.server = server;
        this.client = vertx.createHttpClient(new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_2)
                .setSsl(true)
                .setUseAlpn(true)
                .setTrustAll(true)
                .setVerifyHost(false));
    }

    /// Later calls are made in this user's name.
    Grpc login(String user, String password) {
        JsonNode session = ok("session.SessionService/Create", """
                {"username": "%s", "password": "%s"}
                """.formatted(user, password));
        token = session.path("token").asText();
        return this;
    }

    /// The message of an answer that went well.
    JsonNode ok(String method, String request) {
        return call(method, request).ok();
    }

    Reply call(String path, String request) {
        try {
            MethodType method = Objects.requireNonNull(SCHEMA.method(path), path);
            byte[] message = WireWriter.write(method.request(), JSON.readTree(request));
            Buffer body = Buffer.buffer()
                    .appendByte((byte) 0)
                    .appendInt(message.length)
                    .appendBytes(message);
            return client.request(HttpMethod.POST, server.getPort(), server.getHost(), '/' + path)
                    .compose(sent -> {
                        sent.putHeader("content-type", "application/grpc").putHeader("te", "trailers");
                        if (!token.isEmpty()) {
                            sent.putHeader("token", token).putHeader("authorization", "Bearer " + token);
                        }
                        return sent.send(body).compose(answer -> read(answer, method));
                    })
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(60, TimeUnit.SECONDS);
        } catch (JsonProcessingException
                | InterruptedException
                | java.util.concurrent.ExecutionException
                | TimeoutException e) {
            throw new AssertionError(path, e);
        }
    }

    private static Future<Reply> read(HttpClientResponse answer, MethodType method) {
        return answer.body().map(body -> {
            MultiMap told = answer.getHeader("grpc-status") == null ? answer.trailers() : answer.headers();
            String error = told.get("grpc-message");
            return new Reply(
                    Integer.parseInt(Objects.requireNonNull(told.get("grpc-status"), "no grpc-status")),
                    error == null ? "" : URLDecoder.decode(error.replace("+", "%2B"), UTF_8),
                    body.length() < FRAME ? null : decoded(method, body.getBytes(FRAME, body.length())));
        });
    }

    private static JsonNode decoded(MethodType method, byte[] content) {
        try {
            return WireReader.read(method.response(), content);
        } catch (WireException e) {
            throw new IllegalStateException(e);
        }
    }

    /// What a message says of a document: what is false or empty is not there.
    static JsonNode told(JsonNode document) {
        JsonNode copy = document.deepCopy();
        prune(copy);
        return copy;
    }

    private static void prune(JsonNode node) {
        node.forEach(Grpc::prune);
        if (node instanceof ObjectNode object) {
            object.properties().removeIf(field -> nothing(field.getValue()));
        }
    }

    private static boolean nothing(JsonNode value) {
        return value.isContainerNode()
                ? value.isEmpty()
                : value.asText("").isEmpty() || value.equals(BooleanNode.FALSE);
    }

    @Override
    public void close() {
        client.close().await();
        vertx.close().await();
    }
}
