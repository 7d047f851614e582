package io.driftless.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.sandbox.model.ApiError;
import io.driftless.sandbox.model.Json;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Quotas where many write at once, and where what they count comes to be later.
class QuotaTest {
    private static final String DEFINITION = """
            {"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition","metadata":{"name":"things.a.b"},
             "spec":{"group":"a.b","scope":"Namespaced","names":{"plural":"things","kind":"Thing"},
             "versions":[{"name":"v1","served":true,"storage":true,"schema":{"openAPIV3Schema":{"type":"object"}}}]}}
            """;
    private final Vertx vertx = Vertx.vertx();
    private Sandbox sandbox;

    @BeforeEach
    void start() throws Exception {
        sandbox = Sandbox.start(vertx, SandboxOptions.loopback())
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }

    @AfterEach
    void stop() throws Exception {
        sandbox.close();
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private static ObjectNode json(String text) {
        return Json.read(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private void quota(String resource, int hard) {
        sandbox.create(json("""
                {"apiVersion":"v1","kind":"ResourceQuota","metadata":{"name":"q"},"spec":{"hard":{"%s":"%d"}}}
                """.formatted(resource, hard)));
        await().atMost(Duration.ofSeconds(10)).until(() -> status().has("hard"));
    }

    private JsonNode status() {
        JsonNode quota = sandbox.get("v1", "ResourceQuota", "default", "q");
        return quota == null ? Json.object() : quota.path("status");
    }

    private String used(String resource) {
        return status().path("used").path(resource).asText();
    }

    private boolean made(String apiVersion, String kind, String name) {
        try {
            sandbox.create(json("""
                    {"apiVersion":"%s","kind":"%s","metadata":{"name":"%s"}}
                    """.formatted(apiVersion, kind, name)));
            return true;
        } catch (ApiError e) {
            assertThat(e.code()).as(e.getMessage()).isEqualTo(403);
            return false;
        }
    }

    @Test
    void manyWhoWriteAtOnceNeverHaveMoreThanTheQuota() throws Exception {
        quota("secrets", 50);
        AtomicInteger made = new AtomicInteger();

        try (ExecutorService many = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 200; i++) {
                String name = "s" + i;
                var _ = many.submit(() -> made("v1", "Secret", name) ? made.incrementAndGet() : 0);
            }
        }

        assertThat(made.get()).isEqualTo(50);
        assertThat(sandbox.list("v1", "Secret", "default")).hasSize(50);
        assertThat(used("secrets")).isEqualTo("50");
    }

    @Test
    void kindsThatAreDefinedLaterAreCountedFromThenOn() {
        quota("count/things.a.b", 1);
        assertThat(status().path("used").has("count/things.a.b")).isFalse();

        sandbox.create(json(DEFINITION));

        await().atMost(Duration.ofSeconds(10))
                .until(() -> used("count/things.a.b").equals("0"));
        assertThat(made("a.b/v1", "Thing", "a")).isTrue();
        assertThat(made("a.b/v1", "Thing", "b")).isFalse();
    }

    @Test
    void whatWasThereBeforeTheQuotaIsCounted() {
        made("v1", "Secret", "a");
        made("v1", "Secret", "b");

        quota("secrets", 2);

        assertThat(used("secrets")).isEqualTo("2");
        assertThat(made("v1", "Secret", "c")).isFalse();
    }
}
