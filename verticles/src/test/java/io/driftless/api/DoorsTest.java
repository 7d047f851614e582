package io.driftless.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.api.GrpcClient.Reply;
import io.driftless.http.Door;
import io.driftless.http.SelfSigned;
import io.driftless.proto.MethodType;
import io.vertx.core.http.HttpVersion;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The same methods through gRPC, gRPC-Web and REST, over TLS too, and what no door serves.
class DoorsTest extends GuardedApi {
    /// A field: a client that nobody holds any more closes itself.
    private io.vertx.core.http.HttpClient client;

    @Test
    void everyDoorAnswersTheSame() throws Exception {
        String token = token();
        GrpcClient grpc = grpc().with("token", token);
        String query = "{\"name\":\"mine\"}";

        JsonNode native2 = grpc.call(APP + "Get", query).messages().getFirst();
        assertThat(native2.at("/spec/project").asText()).isEqualTo("team");
        for (HttpVersion version : List.of(HttpVersion.HTTP_1_1, HttpVersion.HTTP_2)) {
            GrpcClient web = new GrpcClient(vertx, door.port(), version).with("authorization", "Bearer " + token);
            assertThat(web.web(APP + "Get", query, false).messages()).containsExactly(native2);
            Reply text = web.web(APP + "Get", query, true);
            assertThat(text.messages()).containsExactly(native2);
            assertThat(text.status()).isZero();
        }
        assertThat(JSON.readTree(rest("GET", "/api/v1/applications/mine", token, "")
                                .body())
                        .at("/spec"))
                .isEqualTo(native2.path("spec"));
        HttpRequest cookie = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + door.port() + "/api/v1/applications/mine"))
                .header("Cookie", "argocd.token=" + token)
                .build();
        assertThat(HttpClient.newHttpClient()
                        .send(cookie, HttpResponse.BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void requestsThatCannotBeServedAreRefusedByName() throws Exception {
        GrpcClient grpc = grpc().with("token", token());
        MethodType get = GrpcClient.SCHEMA.method(APP + "Get");
        assertThat(grpc.send("no.Service/Method", "application/grpc", GrpcClient.framed(0, new byte[0]), get)
                        .status())
                .isEqualTo(12);
        assertThat(grpc.call("applicationset.ApplicationSetService/Watch", "{}").message())
                .isEqualTo("method applicationset.ApplicationSetService/Watch is not supported yet");
        byte[] notUtf8 = HexFormat.of().parseHex("0a02c328");
        assertThat(grpc.send(APP + "Get", "application/grpc", GrpcClient.framed(0, notUtf8), get)
                        .status())
                .isEqualTo(3);
        assertThat(grpc.send(APP + "Get", "application/grpc", new byte[0], get).status())
                .isEqualTo(3);
        assertThat(grpc.send(APP + "Get", "application/grpc", GrpcClient.framed(1, new byte[9]), get)
                        .status())
                .isEqualTo(12);
        assertThat(grpc.send(APP + "Get", "application/grpc", GrpcClient.framed(0, new byte[200_000]), get)
                        .status())
                .isEqualTo(8);
        assertThat(new GrpcClient(vertx, door.port(), HttpVersion.HTTP_1_1)
                        .send(APP + "Get", "application/grpc", GrpcClient.framed(0, new byte[0]), get)
                        .http())
                .isEqualTo(415);
        assertThat(grpc.call(APP + "Get", "{\"name\":\"mine\"}").status()).isZero();
    }

    @Test
    void aStreamEndsWhenTheTimeOfTheCallerIsOver() throws Exception {
        Reply watched = grpc().with("token", token())
                .with("grpc-timeout", "700m")
                .call(APP + "Watch", "{\"projects\":[\"team\"]}");
        assertThat(watched.status()).isEqualTo(4);
        assertThat(watched.messages()).hasSize(1);
        assertThat(watched.messages().getFirst().path("type").asText()).isEqualTo("ADDED");
    }

    @Test
    void fieldsTrimAnAnswer() throws Exception {
        String token = token();
        assertThat(JSON.readTree(rest("GET", "/api/v1/applications?fields=items.metadata.name", token, "")
                        .body()))
                .isEqualTo(JSON.readTree(
                        "{\"items\":[{\"metadata\":{\"name\":\"mine\"}},{\"metadata\":{\"name\":\"theirs\"}}]}"));
        assertThat(JSON.readTree(rest("GET", "/api/v1/applications/mine?fields=-spec,metadata", token, "")
                                .body())
                        .has("spec"))
                .isFalse();
    }

    @Test
    void theSamePortSpeaksTlsWithHttp2() {
        Door secure = Door.open(
                        vertx,
                        "127.0.0.1",
                        0,
                        SelfSigned.make(List.of("localhost"), Instant.now()),
                        List.of(api::mount))
                .await();
        client = vertx.createHttpClient(new io.vertx.core.http.HttpClientOptions()
                .setSsl(true)
                .setTrustAll(true)
                .setVerifyHost(false)
                .setUseAlpn(true)
                .setProtocolVersion(HttpVersion.HTTP_2));
        var response = client.request(io.vertx.core.http.HttpMethod.GET, secure.port(), "127.0.0.1", "/api/version")
                .compose(request -> request.send())
                .await();
        assertThat(response.version()).isEqualTo(HttpVersion.HTTP_2);
        assertThat(response.statusCode()).isEqualTo(200);
        for (String origin : List.of("https://127.0.0.1:" + secure.port(), "https://evil.example")) {
            var login = client.request(
                            io.vertx.core.http.HttpMethod.POST, secure.port(), "127.0.0.1", "/api/v1/session")
                    .compose(request -> request.putHeader("Content-Type", "application/json")
                            .putHeader("Origin", origin)
                            .send("{}"))
                    .await();
            assertThat(login.statusCode()).as(origin).isEqualTo(origin.contains("evil") ? 403 : 401);
        }
    }
}
