package io.driftless.manifest.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.driftless.manifest.git.HttpWire.Answer;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HttpWireTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private final Vertx vertx = Vertx.vertx();
    private final HttpWire wire = new HttpWire(vertx, Duration.ofSeconds(5));
    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();

    @AfterEach
    void stop() {
        wire.close();
        vertx.close().await();
    }

    private URI serve(Consumer<HttpServerRequest> answer) {
        HttpServer server = vertx.createHttpServer()
                .connectionHandler(connection -> {
                    opened.incrementAndGet();
                    connection.closeHandler(end -> ended.incrementAndGet());
                })
                .requestHandler(answer::accept)
                .listen(0, "127.0.0.1")
                .await();
        return URI.create("http://127.0.0.1:" + server.actualPort() + "/x");
    }

    private Answer get(URI address) throws Exception {
        return wire.send(address, Map.of("X-Asked", "yes"), LONG, null).get();
    }

    @Test
    void whatIsPostedAndAnsweredArrivesWithItsHeaders() throws Exception {
        URI echo = serve(request -> request.body()
                .onSuccess(body -> request.response()
                        .setStatusCode(201)
                        .putHeader("X-Said", request.getHeader("X-Asked"))
                        .end(body)));
        try (Answer answer = wire.send(echo, Map.of("X-Asked", "no"), LONG, new byte[] {1, 2, 3})
                .get()) {
            assertThat(answer.status()).isEqualTo(201);
            assertThat(answer.header("x-said", "")).isEqualTo("no");
            assertThat(answer.header("x-else", "none")).isEqualTo("none");
            assertThat(answer.body().readAllBytes()).containsExactly(1, 2, 3);
        }
    }

    @Test
    void aBodyOfManyMegabytesIsReadAsItWasSent() throws Exception {
        byte[] sent = new byte[20 << 20];
        new Random(7).nextBytes(sent);
        URI large = serve(request -> request.response().end(Buffer.buffer(sent)));
        try (Answer answer = get(large)) {
            assertThat(answer.body().readAllBytes()).isEqualTo(sent);
        }
    }

    @Test
    void theHostIsMadeToWaitForTheReader() throws Exception {
        AtomicInteger taken = new AtomicInteger();
        URI endless = serve(request -> {
            var response = request.response().setChunked(true);
            Runnable[] more = new Runnable[1];
            more[0] = () -> {
                while (!response.writeQueueFull() && !response.closed()) {
                    response.write(Buffer.buffer(new byte[8192]));
                    taken.addAndGet(8192);
                }
                response.drainHandler(again -> more[0].run());
            };
            more[0].run();
        });
        try (Answer answer = get(endless)) {
            assertThat(answer.body().readNBytes(100)).hasSize(100);
            // The buffers of both ends and the system's between them hold a few MiB at most.
            AtomicInteger before = new AtomicInteger(-1);
            await().pollInterval(Duration.ofMillis(200)).until(() -> before.getAndSet(taken.get()) == taken.get());
            assertThat(taken.get()).isLessThan(32 << 20);
        }
        await().untilAsserted(() -> assertThat(ended).hasValue(1));
    }

    @Test
    void aConnectionWhoseAnswerWasReadAlmostToItsEndServesTheNextRequest() throws Exception {
        URI small = serve(request -> request.response().setChunked(true).end("0123456789"));
        for (int i = 0; i < 20; i++) {
            try (Answer answer = get(small)) {
                assertThat(answer.body().readNBytes(5)).hasSize(5);
            }
        }
        assertThat(opened.get()).isLessThan(5);
    }

    @Test
    void anAnswerThatBreaksOffIsNoAnswerThatEnded() throws Exception {
        URI broken = serve(request -> {
            request.response().putHeader("Content-Length", "1000").write("0123456789");
            vertx.runOnContext(later -> request.connection().close());
        });
        assertThatThrownBy(() -> {
                    try (Answer answer = get(broken)) {
                        answer.body().readAllBytes();
                    }
                })
                .satisfiesAnyOf(
                        failure -> assertThat(failure).isInstanceOf(IOException.class),
                        failure -> assertThat(failure).isInstanceOf(ExecutionException.class));
    }

    @Test
    void silenceEndsTheRequest() {
        URI silent = serve(request -> {});
        assertThatThrownBy(() -> wire.send(silent, Map.of(), Duration.ofMillis(100), null)
                        .get())
                .hasCauseInstanceOf(TimeoutException.class);
    }

    @Test
    void manyAtATimeAreAnsweredEach() throws Exception {
        URI small = serve(request -> request.response().end("0123456789"));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = new ArrayList<Future<String>>();
            for (int i = 0; i < 500; i++) {
                answers.add(threads.submit(() -> {
                    try (Answer answer = get(small)) {
                        return new String(answer.body().readAllBytes(), StandardCharsets.US_ASCII);
                    }
                }));
            }
            for (var answer : answers) {
                assertThat(answer.get()).isEqualTo("0123456789");
            }
        }
    }
}
