package io.driftless.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BadWebhooksTest extends WebhookStand {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "\"x\"",
                "0",
                "{",
                "{}{}",
                "{\"repository\":\"https://a/b\",\"ref\":\"refs/heads/a\",\"ref\":\"refs/heads/b\"}",
                "{\"repository\":[],\"ref\":\"refs/heads/a\"}",
                "{\"repository\":null,\"ref\":\"refs/heads/a\"}",
                "{\"repository\":{},\"ref\":\"refs/heads/a\"}",
                "{\"repository\":\"https://a/b c\",\"ref\":\"refs/heads/a\"}",
                "{\"repository\":\"https://a/b\\u0000\",\"ref\":\"refs/heads/a\"}",
                "{\"repository\":\"https://a/b\",\"ref\":7}",
                "{\"repository\":\"https://a/b\",\"ref\":\"refs/heads/a\",\"after\":\"abc\"}",
                "{\"repository\":\"https://a/b\",\"ref\":\"refs/heads/a\",\"n\":1e999999999}"
            })
    void refusesWhatIsNoPayload(String body) throws Exception {
        assertThat(post(body).statusCode()).isEqualTo(400);
        assertThat(published).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "main",
                "refs/heads/",
                "refs/heads/$(touch x)",
                "refs/heads/-x",
                "refs/heads/../../config",
                "refs/heads/a\\u0000b",
                "refs/heads/\\ud800",
                "refs/notes/x",
                "refs/heads/a.lock"
            })
    void refusesRefsThatGitWouldNotHave(String ref) throws Exception {
        assertThat(post("{\"repository\":\"https://a/b\",\"ref\":\"" + ref + "\"}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(published).isEmpty();
    }

    @Test
    void refusesHostileJsonQuickly() throws Exception {
        assertThat(post("[".repeat(100_000)).statusCode()).isEqualTo(400);
        assertThat(post("{\"a\":" + "{\"a\":".repeat(20_000) + "1" + "}".repeat(20_000) + "}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(post("{\"a\":" + "9".repeat(150_000) + "}").statusCode()).isEqualTo(400);
        assertThat(post(GENERIC.replace(
                                "}", ",\"r\":\"" + "x".repeat(1) + "\",\"ref2\":\"refs/" + "a".repeat(70_000) + "\"}"))
                        .statusCode())
                .isEqualTo(200);
        assertThat(post(GENERIC.replace("heads/main", "heads/" + "a".repeat(65_536)))
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void refusesInvalidUtf8() throws Exception {
        byte[] body = GENERIC.replace("main", "maiX").getBytes(UTF_8);
        for (int i = 0; i < body.length; i++) {
            if (body[i] == 'X') {
                body[i] = (byte) 0xC0;
            }
        }

        assertThat(send(request().POST(BodyPublishers.ofByteArray(body))).statusCode())
                .isEqualTo(400);
    }

    @Test
    void refusesBodiesOverTheLimitWithAndWithoutALength() throws Exception {
        byte[] large = new byte[200_001];

        assertThat(send(request().POST(BodyPublishers.ofByteArray(large))).statusCode())
                .isEqualTo(413);
        assertThat(send(request().POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large))))
                        .statusCode())
                .isEqualTo(413);
        assertThat(published).isEmpty();
    }

    @Test
    void closesTheConnectionOfAnEndlessBody() throws Exception {
        try (Socket socket = new Socket("127.0.0.1", server.actualPort())) {
            OutputStream out = socket.getOutputStream();
            out.write("POST /api/webhook HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n".getBytes(UTF_8));
            byte[] chunk = ("10000\r\n" + "x".repeat(65_536) + "\r\n").getBytes(UTF_8);
            for (int i = 0; i < 4; i++) {
                out.write(chunk);
            }
            out.flush();

            assertThat(new String(allOf(socket.getInputStream()), UTF_8)).startsWith("HTTP/1.1 413");
        }
    }

    @Test
    void refusesABodyThatComesTooSlowly() throws Exception {
        try (Socket socket = new Socket("127.0.0.1", server.actualPort())) {
            OutputStream out = socket.getOutputStream();
            out.write("POST /api/webhook HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{".getBytes(UTF_8));
            out.flush();

            assertThat(new String(allOf(socket.getInputStream()), UTF_8)).startsWith("HTTP/1.1 408");
        }
    }

    @Test
    void refusesCompressedBodiesAndForms() throws Exception {
        assertThat(post(GENERIC, "Content-Encoding", "gzip").statusCode()).isEqualTo(415);
        HttpResponse<String> form = post("payload=x", "Content-Type", "application/x-www-form-urlencoded");
        assertThat(form.statusCode()).isEqualTo(415);
        assertThat(form.body()).contains("application/json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PUT", "DELETE"})
    void refusesOtherMethods(String method) throws Exception {
        HttpResponse<String> answer = send(request().method(method, BodyPublishers.noBody()));

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow")).hasValue("POST");
    }
}
