package io.driftless.notification;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.HttpServer;
import io.driftless.events.ApplicationName;
import io.driftless.notification.DeliveryOutcome.NotDelivered;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WebhookReceiverTest {
    private final List<String> bodies = new CopyOnWriteArrayList<>();
    private volatile int status = 204;
    private HttpServer server;

    @BeforeEach
    void start() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            bodies.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            exchange.getResponseHeaders().add("Location", "http://127.0.0.1:1/elsewhere");
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void postsTheFilledTemplateWhateverTheFactsHold() throws Exception {
        var template = JsonNodeFactory.instance.objectNode().put("text", "${name}: ${message} ${nothing}");

        DeliveryOutcome outcome = receiver(template).deliver(notification("\"}, ${name} <!channel>"));

        assertThat(outcome).isInstanceOf(DeliveryOutcome.Delivered.class);
        assertThat(bodies).containsExactly("{\"text\":\"app: \\\"}, ${name} <!channel> \"}");
    }

    @Test
    void retriesServerErrorsAndGivesUpOnRefusalsAndRedirects() throws Exception {
        status = 503;
        assertThat(notDelivered().permanent()).isFalse();
        status = 429;
        assertThat(notDelivered().permanent()).isFalse();
        status = 302;
        assertThat(notDelivered().permanent()).isTrue();
        status = 403;
        assertThat(notDelivered().permanent()).isTrue();
    }

    @Test
    void namesNeitherUrlNorTokenWhenTheReceiverIsGone() throws Exception {
        server.stop(0);

        NotDelivered outcome = notDelivered();

        assertThat(outcome.reason()).doesNotContain("127.0.0.1", "token");
        assertThat(outcome.permanent()).isFalse();
    }

    private NotDelivered notDelivered() throws Exception {
        return (NotDelivered) receiver(null).deliver(notification("x"));
    }

    private WebhookReceiver receiver(com.fasterxml.jackson.databind.JsonNode template) {
        URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/hook/token");
        return new WebhookReceiver(
                new WebhookReceiver.Settings(url, Map.of("X-Test", "1"), template, Duration.ofSeconds(5)));
    }

    private static Notification notification(String message) {
        return new Notification(
                new ApplicationName("argocd", "app"),
                "hook",
                Trigger.ON_SYNC_FAILED,
                "op1",
                "chain",
                JsonNodeFactory.instance.objectNode().put("name", "app").put("message", message));
    }
}
