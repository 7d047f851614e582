package io.driftless.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.api.GrpcClient.Reply;
import io.driftless.auth.AuthMode;
import io.driftless.proto.MethodType;
import io.driftless.proto.WireWriter;
import io.vertx.core.http.HttpVersion;
import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Files that a client sends to have them rendered, at every door.
class SentManifestsTest {
    private static final String PATH = "application.ApplicationService/GetManifestsWithFiles";
    private static final MethodType METHOD = GrpcClient.SCHEMA.method(PATH);
    private static final byte[] FILES = "these are the files".getBytes(UTF_8);
    private final ApiStand stand = new ApiStand();

    @BeforeEach
    void start() throws Exception {
        stand.create("""
                {"apiVersion":"argoproj.io/v1alpha1","kind":"Application",
                 "metadata":{"name":"web","namespace":"argocd","uid":"u"},
                 "spec":{"project":"default","source":{"repoURL":"https://git.example.com/c","path":"apps/web"},
                         "destination":{"server":"https://kubernetes.default.svc","namespace":"shop"}}}
                """);
        stand.start(AuthMode.NONE);
    }

    @AfterEach
    void stop() {
        stand.close();
    }

    private static String query(String name, byte[] files) throws Exception {
        String sum =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(files));
        return "{\"query\":{\"name\":\"%s\",\"checksum\":\"%s\"}}".formatted(name, sum);
    }

    private static List<String> messages(String name, byte[] files, int pieces) throws Exception {
        List<String> messages = new ArrayList<>(List.of(query(name, files)));
        for (int at = 0; at < files.length; at += pieces) {
            byte[] piece = java.util.Arrays.copyOfRange(files, at, Math.min(files.length, at + pieces));
            messages.add("{\"chunk\":{\"chunk\":\"" + Base64.getEncoder().encodeToString(piece) + "\"}}");
        }
        return messages;
    }

    private Reply grpc(List<String> messages) throws Exception {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (String message : messages) {
            body.writeBytes(GrpcClient.framed(0, WireWriter.write(METHOD.request(), ApiStand.JSON.readTree(message))));
        }
        return send(body.toByteArray());
    }

    private Reply send(byte[] body) throws Exception {
        return new GrpcClient(stand.vertx, stand.port(), HttpVersion.HTTP_2)
                .send(PATH, "application/grpc", body, METHOD);
    }

    private ApiStand.Answer rest(List<String> messages) throws Exception {
        return stand.rest("POST", "/api/v1/applications/manifestsWithFiles", String.join("\n", messages));
    }

    @Test
    void filesInPiecesAreRenderedAsThoseOfTheApplication() throws Exception {
        Reply reply = grpc(messages("web", FILES, 4));
        assertThat(reply.status()).as(reply.message()).isZero();
        JsonNode answer = reply.messages().getFirst();
        assertThat(answer.path("namespace").asText()).isEqualTo("shop");
        assertThat(answer.path("revision").asText()).isEqualTo("streamed");
        JsonNode rendered = ApiStand.JSON.readTree(answer.at("/manifests/0").asText());
        assertThat(rendered.path("bytes").asInt()).isEqualTo(FILES.length);
        assertThat(rendered.at("/source/path").asText()).isEqualTo("apps/web");
        ApiStand.Answer rest = rest(messages("web", FILES, 5));
        assertThat(rest.status()).isEqualTo(200);
        assertThat(rest.body()).isEqualTo(answer);
        byte[] frames = new byte[0];
        for (String message : messages("web", FILES, 100)) {
            byte[] frame = GrpcClient.framed(0, WireWriter.write(METHOD.request(), ApiStand.JSON.readTree(message)));
            byte[] longer = java.util.Arrays.copyOf(frames, frames.length + frame.length);
            System.arraycopy(frame, 0, longer, frames.length, frame.length);
            frames = longer;
        }
        Reply web = new GrpcClient(stand.vertx, stand.port(), HttpVersion.HTTP_1_1)
                .send(PATH, "application/grpc-web-text", Base64.getEncoder().encode(frames), METHOD);
        assertThat(web.messages()).containsExactly(answer);
    }

    @Test
    void aWrongChecksumIsNamed() throws Exception {
        List<String> messages = new ArrayList<>(messages("web", FILES, 100));
        messages.set(0, query("web", new byte[1]));
        Reply refused = grpc(messages);
        assertThat(refused.status()).isEqualTo(3);
        assertThat(refused.message()).contains("checksum", "SHA-256");
        assertThat(rest(messages).status()).isEqualTo(400);
        messages.set(0, "{\"query\":{\"name\":\"web\",\"checksum\":\"\"}}");
        assertThat(rest(messages).status()).isEqualTo(400);
    }

    @Test
    void streamsOfAnotherShapeAreRefusedByName() throws Exception {
        String query = query("web", FILES);
        String chunk = messages("web", FILES, 100).getLast();
        for (List<String> bad : List.of(
                List.<String>of(),
                List.of(chunk),
                List.of("{}"),
                List.of(query),
                List.of(query, query, chunk),
                List.of(query, "{}"),
                List.of("{\"query\":{\"name\":\"\",\"checksum\":\"\"}}", chunk))) {
            assertThat(grpc(bad).status()).as(bad.toString()).isEqualTo(3);
            assertThat(rest(bad).status()).as(bad.toString()).isEqualTo(400);
        }
        assertThat(rest(List.of(query, "{\"chunk\":{\"chunk\":\"%%%\"}}"))
                        .body()
                        .path("message")
                        .asText())
                .contains("base64");
        assertThat(rest(List.of(query, "[]")).status()).isEqualTo(400);
        assertThat(rest(List.of(query, "{\"chunk\":3}")).status()).isEqualTo(400);
        assertThat(grpc(messages("none", FILES, 9)).status()).isEqualTo(5);
        assertThat(rest(messages("none", FILES, 9)).status()).isEqualTo(404);
        assertThat(grpc(messages("web", FILES, 9)).status()).isZero();
    }

    @Test
    void streamsBeyondTheLimitAreCutOff() throws Exception {
        assertThat(grpc(messages("web", new byte[700_000], 50_000)).status()).isEqualTo(8);
        assertThat(rest(messages("web", new byte[700_000], 50_000)).status()).isEqualTo(413);
        byte[] lying = GrpcClient.framed(0, new byte[10]);
        lying[1] = 0x7f;
        assertThat(send(lying).status()).isEqualTo(3);
        assertThat(grpc(messages("web", FILES, 9)).status()).isZero();
    }

    /// `-Dfuzz.rounds` makes more of them, `-Dfuzz.seed` others.
    @Test
    void streamsOfStrangersAreAnsweredOrRefused() throws Exception {
        long seed = Long.getLong("fuzz.seed", 11);
        int rounds = Math.max(1, Integer.getInteger("fuzz.rounds", 20_000) / 100);
        System.out.println("fuzz.seed=" + seed + " rounds=" + rounds);
        Random random = new Random(seed);
        ByteArrayOutputStream good = new ByteArrayOutputStream();
        for (String message : messages("web", FILES, 7)) {
            good.writeBytes(GrpcClient.framed(0, WireWriter.write(METHOD.request(), ApiStand.JSON.readTree(message))));
        }
        String lines = String.join("\n", messages("web", FILES, 7));
        for (int i = 0; i < rounds; i++) {
            byte[] body = good.toByteArray();
            body[random.nextInt(body.length)] = (byte) random.nextInt();
            assertThat(send(body).status())
                    .as(Base64.getEncoder().encodeToString(body))
                    .isIn(0, 3, 5, 12);
            StringBuilder text = new StringBuilder(lines);
            text.setCharAt(random.nextInt(text.length()), (char) (' ' + random.nextInt(95)));
            assertThat(stand.rest("POST", "/api/v1/applications/manifestsWithFiles", text.toString())
                            .status())
                    .as(text.toString())
                    .isIn(200, 400, 404);
        }
        assertThat(grpc(messages("web", FILES, 9)).status()).isZero();
    }
}
