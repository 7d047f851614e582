package io.driftless.api;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.auth.AuthMode;
import io.driftless.http.Door;
import io.driftless.http.HttpFailure;
import io.driftless.project.NamespacePatterns;
import io.driftless.proto.MethodType;
import io.driftless.proto.WireWriter;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpVersion;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Requests of strangers at every door of a running server: whatever they hold, they are answered
/// or refused by name, and the next one is served. `-Dfuzz.rounds` makes more of them,
/// `-Dfuzz.seed` others.
class DoorFuzzTest {
    private static final int ROUNDS = Math.max(1, Integer.getInteger("fuzz.rounds", 20_000) / 50);
    private static final String LIST = "application.ApplicationService/List";
    private static final String[] NAMES = {
        "name",
        "projects",
        "project",
        "selector",
        "repo",
        "appNamespace",
        "limit",
        "continue",
        "sort",
        "q",
        "fields",
        "refresh",
        "resourceVersion",
        "x.y",
        "metadata.name"
    };
    private static final String[] VALUES = {
        "",
        "a",
        "-1",
        "0",
        "99999999999999999999",
        "true",
        "a,b",
        "a in (b,c)",
        "!a",
        "a=",
        "-items.metadata",
        "items.spec",
        "%00",
        "%C3%28",
        "%F0%9F%98%80",
        "-name",
        "sync",
        "bmFtZQphCmI",
        "%2F..%2F",
        "(((",
        "/x/",
        "*"
    };
    private final Vertx vertx = Vertx.vertx();
    private Random random = new Random(0);
    private ApiStage api;
    private Door door;

    @BeforeEach
    void start() {
        long seed = Long.getLong("fuzz.seed", 9);
        System.out.println("fuzz.seed=" + seed + " rounds=" + ROUNDS);
        random = new Random(seed);
        MemoryCluster cluster = new MemoryCluster();
        api = new ApiStage(
                ApiConfig.of("argocd", AuthMode.NONE),
                new ApiStage.Surroundings(
                        cluster,
                        server -> cluster,
                        new MemoryEvents(),
                        new MemorySources(),
                        publication -> Future.succeededFuture(),
                        () -> new HealthReport(true, Map.of()),
                        List.of()));
        api.start();
        door = Door.open(vertx, "127.0.0.1", 0, List.of(api::mount)).await();
    }

    @AfterEach
    void stop() {
        api.close();
        vertx.close().await();
    }

    private static <T> T any(Random random, T[] values) {
        return values[random.nextInt(values.length)];
    }

    @Test
    void queriesOfStrangersAreAnsweredOrRefused() throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            StringBuilder path = new StringBuilder("/api/v1/applications?");
            for (int n = random.nextInt(5); n >= 0; n--) {
                path.append(any(random, NAMES))
                        .append('=')
                        .append(any(random, VALUES))
                        .append('&');
            }
            assertThat(status(path.toString())).as(path.toString()).isIn(200, 400);
        }
        assertThat(status("/api/v1/applications")).isEqualTo(200);
    }

    @Test
    void framesOfStrangersAreAnsweredOrRefused() throws Exception {
        GrpcClient[] clients = {
            new GrpcClient(vertx, door.port(), HttpVersion.HTTP_2),
            new GrpcClient(vertx, door.port(), HttpVersion.HTTP_1_1)
        };
        String[] types = {
            "application/grpc",
            "application/grpc-web+proto",
            "application/grpc-web-text",
            "application/grpc-web",
            "application/grpcx"
        };
        MethodType list = GrpcClient.SCHEMA.method(LIST);
        byte[] good = GrpcClient.framed(
                0,
                WireWriter.write(
                        list.request(), JsonNodeFactory.instance.objectNode().put("name", "a")));
        for (int i = 0; i < ROUNDS; i++) {
            byte[] body = random.nextInt(3) == 0 ? new byte[random.nextInt(40)] : good.clone();
            if (body.length != good.length) {
                random.nextBytes(body);
            } else if (random.nextBoolean()) {
                body[random.nextInt(body.length)] = (byte) random.nextInt();
            }
            String type = any(random, types);
            if (type.contains("text") && random.nextBoolean()) {
                body = Base64.getEncoder().encode(body);
            }
            int code = any(random, clients).send(LIST, type, body, list).status();
            assertThat(code)
                    .as(type + " " + Base64.getEncoder().encodeToString(body))
                    .isIn(-1, 0, 3, 12);
        }
        assertThat(clients[0].call(LIST, "{}").status()).isZero();
    }

    @Test
    void pageTokensSelectorsAndPatternsOfStrangersAreReadOrRefused() {
        for (int i = 0; i < ROUNDS * 20; i++) {
            byte[] bytes = new byte[random.nextInt(30)];
            random.nextBytes(bytes);
            String text = random.nextBoolean()
                    ? new String(bytes, ISO_8859_1)
                    : Base64.getUrlEncoder().encodeToString(bytes);
            ObjectNode request =
                    JsonNodeFactory.instance.objectNode().put("continue", text).put("limit", 2);
            take(() -> ApplicationPages.of(request).page(new java.util.TreeMap<>(), application -> true));
            take(() -> LabelSelector.parse(text));
            try {
                NamespacePatterns.parse(text).matches(text);
            } catch (IllegalArgumentException refused) {
                assertThat(refused.getMessage()).isNotBlank();
            }
        }
    }

    private static void take(Runnable reading) {
        try {
            reading.run();
        } catch (HttpFailure refused) {
            assertThat(refused.status()).isEqualTo(400);
        }
    }

    /// Written byte by byte: clients would refuse to send much of it.
    private int status(String path) throws Exception {
        try (Socket socket = new Socket("127.0.0.1", door.port())) {
            socket.setSoTimeout(20_000);
            OutputStream out = socket.getOutputStream();
            out.write(("GET " + path.replace(' ', '+') + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                    .getBytes(ISO_8859_1));
            InputStream in = socket.getInputStream();
            String answer = new String(in.readAllBytes(), ISO_8859_1);
            JsonNode body = new ObjectMapper().readTree(answer.substring(answer.indexOf("\r\n\r\n") + 4));
            assertThat(body.isObject()).as(answer).isTrue();
            return Integer.parseInt(answer.substring(9, 12));
        }
    }
}
