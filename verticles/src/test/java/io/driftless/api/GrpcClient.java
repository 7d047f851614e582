package io.driftless.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.driftless.proto.MethodType;
import io.driftless.proto.Schema;
import io.driftless.proto.WireReader;
import io.driftless.proto.WireWriter;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// Calls methods as a gRPC client does, byte by byte.
final class GrpcClient {
    static final Schema SCHEMA = Schema.argoCd();
    private static final ObjectMapper JSON = new ObjectMapper();
    private final Vertx vertx;
    private final HttpClient client;
    private final int port;
    private final Map<String, String> headers = new TreeMap<>();

    /// What came back.
    record Reply(int http, int status, String message, List<JsonNode> messages) {}

    GrpcClient(Vertx vertx, int port, HttpVersion version) {
        this.vertx = vertx;
        this.client = vertx.createHttpClient(
                new HttpClientOptions().setProtocolVersion(version).setHttp2ClearTextUpgrade(false));
        this.port = port;
    }

    GrpcClient with(String name, String value) {
        headers.put(name, value);
        return this;
    }

    Reply call(String path, String request) throws Exception {
        MethodType method = SCHEMA.method(path);
        byte[] message = WireWriter.write(method.request(), JSON.readTree(request));
        return send(path, "application/grpc", framed(0, message), method);
    }

    Reply web(String path, String request, boolean text) throws Exception {
        MethodType method = SCHEMA.method(path);
        byte[] frame = framed(0, WireWriter.write(method.request(), JSON.readTree(request)));
        return text
                ? send(path, "application/grpc-web-text", Base64.getEncoder().encode(frame), method)
                : send(path, "application/grpc-web+proto", frame, method);
    }

    Reply send(String path, String type, byte[] body, MethodType method) throws Exception {
        CompletableFuture<Reply> reply = new CompletableFuture<>();
        // On a context of its own, so that no part of an answer comes before somebody listens.
        vertx.getOrCreateContext()
                .runOnContext(now -> client.request(HttpMethod.POST, port, "127.0.0.1", '/' + path)
                        .compose(request -> {
                            headers.forEach(request::putHeader);
                            request.putHeader("content-type", type).putHeader("te", "trailers");
                            return request.send(Buffer.buffer(body));
                        })
                        .compose(response -> read(response, type, method))
                        .onSuccess(reply::complete)
                        .onFailure(reply::completeExceptionally));
        Reply came = reply.get(60, TimeUnit.SECONDS);
        // A client that nobody holds any more closes itself, before the answer is there.
        Reference.reachabilityFence(client);
        return came;
    }

    private static Future<Reply> read(HttpClientResponse response, String type, MethodType method) {
        return response.body().map(body -> {
            byte[] bytes = type.contains("text") && body.length() > 0 ? pieces(body.toString()) : body.getBytes();
            String status = response.getHeader("grpc-status");
            String message = response.getHeader("grpc-message");
            if (status == null) {
                status = response.getTrailer("grpc-status");
                message = response.getTrailer("grpc-message");
            }
            List<JsonNode> messages = new ArrayList<>();
            ByteBuffer in = ByteBuffer.wrap(bytes);
            while (response.getHeader("content-type").contains("grpc") && in.remaining() >= 5) {
                int flag = in.get() & 0xff;
                byte[] content = new byte[in.getInt()];
                in.get(content);
                if (flag == 0x80) {
                    for (String line : new String(content, UTF_8).split("\r\n")) {
                        String[] parts = line.split(": ", 2);
                        status = parts[0].equals("grpc-status") ? parts[1] : status;
                        message = parts[0].equals("grpc-message") ? parts[1] : message;
                    }
                } else {
                    messages.add(decoded(method, content));
                }
            }
            return new Reply(
                    response.statusCode(),
                    status == null ? -1 : Integer.parseInt(status),
                    message == null ? "" : java.net.URLDecoder.decode(message.replace("+", "%2B"), UTF_8),
                    messages);
        });
    }

    private static byte[] pieces(String text) {
        Buffer all = Buffer.buffer();
        for (String piece : text.split("(?<==)(?!=)")) {
            all.appendBytes(Base64.getDecoder().decode(piece));
        }
        return all.getBytes();
    }

    private static JsonNode decoded(MethodType method, byte[] content) {
        try {
            return WireReader.read(method.response(), content);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    static byte[] framed(int flag, byte[] message) {
        return ByteBuffer.allocate(5 + message.length)
                .put((byte) flag)
                .putInt(message.length)
                .put(message)
                .array();
    }
}
