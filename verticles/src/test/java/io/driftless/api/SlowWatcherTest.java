package io.driftless.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.driftless.auth.AuthMode;
import io.driftless.events.ApplicationName;
import io.driftless.events.Health;
import io.driftless.events.HealthStatus;
import io.driftless.events.LiveEvent.ResourceObserved;
import io.driftless.events.ResourceId;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A client that opens a stream of Applications and then takes nothing from it.
class SlowWatcherTest {
    private static final int TIMES = 1_500;
    private static final int SIZE = 64 * 1024;
    private final ApiStand stand = new ApiStand();
    /// Of an upgrade to HTTP/2 with a long answer the JDK's client takes some of the answer for frames, now and then.
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /// A field: a client that nobody holds any more closes itself.
    private io.vertx.core.http.HttpClient client;

    @BeforeEach
    void start() throws Exception {
        stand.create("""
                {"apiVersion":"argoproj.io/v1alpha1","kind":"Application","metadata":{"name":"app","namespace":"argocd"},
                 "spec":{"project":"default","source":{"repoURL":"https://git.example.com/r","path":"."},
                 "destination":{"server":"https://kubernetes.default.svc","namespace":"x"}}}
                """);
        stand.start(AuthMode.NONE, 5, Duration.ofSeconds(5), Duration.ofMillis(500));
    }

    @AfterEach
    void stop() {
        http.close();
        stand.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "text/event-stream"})
    void x05IsCutOffAndToldWhyAndNothingPilesUpForIt(String accept) throws Exception {
        HttpRequest watch = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + stand.port() + "/api/v1/stream/applications"))
                .header("Accept", accept)
                .build();
        HttpResponse<InputStream> stream = http.send(watch, BodyHandlers.ofInputStream());
        assertThat(stream.statusCode()).isEqualTo(200);
        assertThat(openStreams()).isEqualTo("1");

        for (int i = 0; i < TIMES; i++) {
            change(i);
        }
        await("the slow client is cut off").until(() -> openStreams().equals("0"));
        String told = new String(stream.body().readAllBytes(), StandardCharsets.UTF_8);

        String last = told.strip().substring(told.strip().lastIndexOf('\n') + 1);
        assertThat(last).contains("\"http_code\":429", "\"grpc_code\":8", ApplicationClient.TOO_SLOW);
        // The buffers of two sockets, and one bounded queue: all that ever waited for it.
        assertThat(told.length()).isLessThan(TIMES * SIZE / 4);
        assertThat(stand.rest("GET", "/api/v1/applications/app", "").status()).isEqualTo(200);
    }

    /// A tree of many resources, told again with every change.
    @Test
    void aWatcherOfAResourceTreeIsCutOffToo() throws Exception {
        ResourceObserved[] bulk = new ResourceObserved[300];
        for (int i = 0; i < bulk.length; i++) {
            bulk[i] = observed("map-" + i + "-" + "x".repeat(200), 1);
            stand.events.say(bulk[i], "chain");
        }
        HttpRequest watch = HttpRequest.newBuilder(URI.create(
                        "http://127.0.0.1:" + stand.port() + "/api/v1/stream/applications/app/resource-tree"))
                .build();
        HttpResponse<InputStream> stream = http.send(watch, BodyHandlers.ofInputStream());
        assertThat(stream.statusCode()).isEqualTo(200);
        assertThat(openStreams()).isEqualTo("1");

        AtomicLong version = new AtomicLong(1);
        await("the slow client is cut off").atMost(Duration.ofSeconds(120)).until(() -> {
            // Each change makes another tree of many kilobytes.
            stand.events.say(observed("changing", version.incrementAndGet()), "chain");
            return openStreams().equals("0");
        });
        String told = new String(stream.body().readAllBytes(), StandardCharsets.UTF_8);

        String last = told.strip().substring(told.strip().lastIndexOf('\n') + 1);
        assertThat(last).contains("\"http_code\":429", "\"grpc_code\":8", TreeStreams.TOO_SLOW);
        assertThat(TreeStreams.TOO_SLOW).contains("does not keep up", "watch it anew");
    }

    private static ResourceObserved observed(String name, long version) {
        return new ResourceObserved(
                new ApplicationName("argocd", "app"),
                "memory",
                new ResourceId("", "ConfigMap", "x", name),
                "v1",
                name,
                String.valueOf(version),
                JsonNodes.object("{\"metadata\":{}}"),
                new Health(HealthStatus.HEALTHY, ""));
    }

    @Test
    void x05IsCutOffOverGrpcToo() throws Exception {
        client = stand.vertx.createHttpClient(
                new HttpClientOptions().setProtocolVersion(HttpVersion.HTTP_2).setHttp2ClearTextUpgrade(false));
        HttpClientResponse stream = client.request(
                        HttpMethod.POST, stand.port(), "127.0.0.1", "/application.ApplicationService/Watch")
                .compose(request -> request.putHeader("content-type", "application/grpc")
                        .putHeader("te", "trailers")
                        .send(Buffer.buffer(new byte[5])))
                .onSuccess(HttpClientResponse::pause)
                .await(10, TimeUnit.SECONDS);
        assertThat(openStreams()).isEqualTo("1");

        for (int i = 0; i < TIMES; i++) {
            change(i);
        }
        await("the slow client is cut off").until(() -> openStreams().equals("0"));
        AtomicLong told = new AtomicLong();
        stream.handler(part -> told.addAndGet(part.length()));
        Future<Void> end = stream.end();
        stream.resume();
        end.await(10, TimeUnit.SECONDS);

        assertThat(stream.getTrailer("grpc-status")).isEqualTo("8");
        assertThat(stream.getTrailer("grpc-message")).contains("does not keep up");
        assertThat(told.get()).isLessThan(TIMES * SIZE / 4);
    }

    private void change(int i) {
        stand.cluster.mergePatch(
                new ResourceId("argoproj.io", "Application", "argocd", "app"),
                null,
                "",
                JsonNodes.object("{\"metadata\":{\"annotations\":{\"n\":\"" + i + "\",\"text\":\"" + "x".repeat(SIZE)
                        + "\"}}}"));
    }

    private String openStreams() throws Exception {
        HttpRequest metrics = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + stand.port() + "/metrics"))
                .build();
        return http.send(metrics, BodyHandlers.ofString())
                .body()
                .lines()
                .filter(line -> line.startsWith("driftless_http_streams"))
                .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                .findFirst()
                .orElse("none");
    }
}
