package io.driftless.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.driftless.api.ApiStand.Answer;
import io.driftless.api.GrpcClient.Reply;
import io.driftless.auth.AuthMode;
import io.vertx.core.http.HttpVersion;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What people and programs send that nobody should, at the doors of an API with accounts. Each test is named after the
/// inputs it plays.
class BadInputTest {
    private static final String APPS = "application.ApplicationService/";
    private final ApiStand stand = new ApiStand();
    private String token;

    @BeforeEach
    void start() throws Exception {
        stand.create("""
                {"apiVersion":"argoproj.io/v1alpha1","kind":"Application","metadata":{"name":"app","namespace":"argocd"},
                 "spec":{"project":"default","source":{"repoURL":"https://git.example.com/r","path":"."},
                 "destination":{"server":"https://kubernetes.default.svc","namespace":"x"}}}
                """);
        stand.start(AuthMode.ACCOUNTS);
        token = stand.login("admin", stand.password());
        stand.as(token);
    }

    @AfterEach
    void stop() {
        stand.close();
    }

    @Test
    void j01ToJ05TokensThatNobodySignedOpenNoDoor() throws Exception {
        String[] parts = token.split("\\.");
        for (String forged : new String[] {
            part("{\"alg\":\"none\"}") + '.' + parts[1] + '.',
            part("{\"alg\":\"None\"}") + '.' + parts[1] + '.' + parts[2],
            part("{\"alg\":\"HS256\",\"jku\":\"http://127.0.0.1:1/\"}") + '.' + parts[1] + '.' + parts[2],
            parts[0] + '.' + parts[1] + '.',
            parts[0]
                    + '.'
                    + part("{\"iss\":\"argocd\",\"sub\":\"admin:login\",\"iat\":1,\"exp\":99999999999}")
                    + '.'
                    + parts[2],
            token + "x",
            "a".repeat(7_000),
            "[".repeat(3_000),
            ".",
            ".."
        }) {
            stand.as(forged);
            long start = System.nanoTime();
            assertThat(stand.rest("GET", "/api/v1/applications", "").status())
                    .as(forged)
                    .isEqualTo(401);
            assertThat(stand.grpc(APPS + "List", "{}").status()).as(forged).isEqualTo(16);
            assertThat(System.nanoTime() - start).isLessThan(5_000_000_000L);
        }
        // A header of this length is refused, or the connection ends before it is read.
        stand.as("x".repeat(100_000));
        try {
            assertThat(stand.rest("GET", "/healthz", "").status()).isIn(400, 431);
        } catch (java.io.IOException cutOff) {
            stand.as(token);
            assertThat(stand.rest("GET", "/api/v1/applications", "").status()).isEqualTo(200);
        }
    }

    @Test
    void x02BodiesOfAnotherShapeAreRefusedByName() throws Exception {
        String deep = "[".repeat(40_000) + "]".repeat(40_000);
        for (String body : new String[] {
            "[]",
            "null",
            "7",
            "{",
            "{\"metadata\":7}",
            "{\"metadata\":{\"name\":7,\"name\":8}}",
            "{\"metadata\":{\"name\":\"a\"},\"spec\":\"x\"}",
            "{\"spec\":{\"destination\":[]},\"metadata\":{\"name\":\"a\"}}",
            "{\"a\":1e999999999}",
            "{\"metadata\":{\"name\":\"a\\u0000b\"},\"spec\":{\"source\":{\"repoURL\":\"u\"},\"destination\":{\"server\":\"s\"}}}",
            deep,
            "{\"metadata\":" + deep + "}"
        }) {
            Answer refused = stand.rest("POST", "/api/v1/applications", body);
            assertThat(refused.status())
                    .as(body.substring(0, Math.min(80, body.length())))
                    .isEqualTo(400);
            assertThat(refused.body().path("message").asText()).isNotBlank();
        }
        assertThat(stand.rest("POST", "/api/v1/applications", "{\"a\":\"" + "x".repeat(200_000) + "\"}")
                        .status())
                .isEqualTo(413);
    }

    @Test
    void x03MessagesAndHeadersBeyondAllMeasureAreRefusedAndOthersServed() throws Exception {
        byte[] frame = ByteBuffer.allocate(9).put((byte) 0).putInt(1 << 30).array();
        GrpcClient client = new GrpcClient(stand.vertx, stand.port(), HttpVersion.HTTP_2);
        Reply refused = client.with("authorization", "Bearer " + token)
                .send(APPS + "List", "application/grpc", frame, GrpcClient.SCHEMA.method(APPS + "List"));
        assertThat(refused.status()).isIn(3, 8);
        try (Socket socket = new Socket("127.0.0.1", stand.port())) {
            StringBuilder request = new StringBuilder("GET /api/v1/applications HTTP/1.1\r\nHost: localhost\r\n");
            for (int i = 0; i < 100_000 && request.length() < 4_000_000; i++) {
                request.append("X-Header-").append(i).append(": v\r\n");
            }
            try {
                socket.getOutputStream().write(request.append("\r\n").toString().getBytes(UTF_8));
                socket.setSoTimeout(10_000);
                byte[] answer = socket.getInputStream().readNBytes(12);
                assertThat(new String(answer, UTF_8)).matches("(HTTP/1.1 4[0-9]{2})?");
            } catch (java.net.SocketException cutOff) {
                // The server hung up while the headers were still coming, which is right.
            }
        }
        assertThat(stand.rest("GET", "/api/v1/applications", "").status()).isEqualTo(200);
    }

    @Test
    void x03ManyRequestsThatAreBrokenOffDoNotStopTheOthers() throws Exception {
        for (int i = 0; i < 300; i++) {
            try (Socket socket = new Socket("127.0.0.1", stand.port())) {
                socket.getOutputStream()
                        .write("POST /api/v1/applications HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999\r\n\r\n{"
                                .getBytes(UTF_8));
                socket.setSoLinger(true, 0);
            }
        }
        assertThat(stand.rest("GET", "/api/v1/applications", "").status()).isEqualTo(200);
    }

    @Test
    void x04SelectorsAndPositionsThatMeanNothingAreRefused() throws Exception {
        for (String selector : new String[] {"a in (", "a in b", "===", "a=b,,c", "!", "(a)"}) {
            String query = java.net.URLEncoder.encode(selector, UTF_8);
            assertThat(stand.rest("GET", "/api/v1/applications?selector=" + query, "")
                            .status())
                    .as(selector)
                    .isEqualTo(400);
        }
        Reply huge = stand.grpc(APPS + "List", "{\"selector\":\"a in (" + "x,".repeat(40_000) + "x)\"}");
        assertThat(huge.status()).isEqualTo(3);
    }

    @Test
    void x05StreamsHaveABoundAndAClosedOneMakesRoom() throws Exception {
        HttpClient http = HttpClient.newHttpClient();
        List<InputStream> open = new ArrayList<>();
        int refused = 0;
        for (int i = 0; i < 55; i++) {
            var answer = http.send(watch(), BodyHandlers.ofInputStream());
            if (answer.statusCode() == 200) {
                open.add(answer.body());
            } else {
                refused++;
                assertThat(answer.statusCode()).isEqualTo(429);
                answer.body().close();
            }
        }
        assertThat(open).hasSize(50);
        assertThat(refused).isEqualTo(5);
        for (InputStream stream : open) {
            stream.close();
        }
        await().until(() -> {
            var answer = http.send(watch(), BodyHandlers.ofInputStream());
            answer.body().close();
            return answer.statusCode() == 200;
        });
    }

    private HttpRequest watch() {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + stand.port() + "/api/v1/stream/applications"))
                .header("Authorization", "Bearer " + token)
                .build();
    }

    @Test
    void x06WhatAPageOfAnotherSiteCanSendChangesNothing() throws Exception {
        HttpClient http = HttpClient.newHttpClient();
        for (Map<String, String> headers : List.of(
                Map.of("Content-Type", "text/plain"),
                Map.of("Content-Type", "application/x-www-form-urlencoded"),
                Map.of("Content-Type", "multipart/form-data; boundary=x"),
                Map.of("Content-Type", "application/json", "Origin", "http://sibling.localhost:" + stand.port()),
                Map.of("Content-Type", "application/json", "Origin", "null"),
                Map.of("Content-Type", "application/json", "Sec-Fetch-Site", "same-site"),
                Map.of("Content-Type", "application/json", "Sec-Fetch-Site", "cross-site"),
                Map.<String, String>of())) {
            HttpRequest.Builder request = HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:" + stand.port() + "/api/v1/applications/app/sync"))
                    .header("Cookie", "argocd.token=" + token)
                    .POST(BodyPublishers.ofString("{}"));
            headers.forEach(request::header);
            assertThat(http.send(request.build(), BodyHandlers.ofString()).statusCode())
                    .as(headers.toString())
                    .isIn(403, 415);
        }
    }

    @Test
    void x10WhatIsOverCannotBeEndedAgainAndWhatNeverWasCannotBeGoneBackTo() throws Exception {
        assertThat(stand.rest("DELETE", "/api/v1/applications/app/operation", "")
                        .status())
                .isEqualTo(400);
        ApiStand.Answer rollback = stand.rest("POST", "/api/v1/applications/app/rollback", "{\"id\":1000000000}");
        assertThat(rollback.status()).isEqualTo(404);
        assertThat(rollback.body().toString()).contains("does not have deployment with id 1000000000");
        assertThat(stand.rest("DELETE", "/api/v1/applications/app?cascade=false", "")
                        .status())
                .isEqualTo(200);
        await().until(() -> stand.rest("DELETE", "/api/v1/applications/app", "").status() == 403);
    }

    @Test
    void x11LogsOfWhatIsNotInTheTreeAreNotShown() throws Exception {
        for (String pod : List.of("stranger", "../../x", "..%2f..%2fx", "a/b")) {
            Reply reply = stand.grpc(
                    APPS + "PodLogs",
                    "{\"name\":\"app\",\"podName\":\"" + pod
                            + "\",\"container\":\"../../x\",\"namespace\":\"kube-system\"}");
            assertThat(reply.status()).as(pod).isEqualTo(5);
        }
    }

    private static String part(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(UTF_8));
    }
}
