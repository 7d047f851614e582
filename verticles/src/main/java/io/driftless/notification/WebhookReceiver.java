package io.driftless.notification;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Posts a JSON document to a URL. Any 2xx is delivered; redirects are not followed and answers are not read.
/// The URL may hold a token, so it is never named.
public final class WebhookReceiver implements Receiver {
    private static final int TOO_MANY = 429;
    private final Settings settings;
    private final HttpClient client;

    /// @param body template of the body; null for the facts themselves
    public record Settings(
            URI url, Map<String, String> headers, @Nullable JsonNode body, Duration timeout) {
        public Settings {
            if (!"http".equals(url.getScheme()) && !"https".equals(url.getScheme())) {
                throw new IllegalArgumentException("the URL of a notification webhook must be http or https");
            }
            headers = Map.copyOf(headers);
        }

        /// Never the URL or the headers.
        @Override
        public String toString() {
            return "Settings[url=***]";
        }
    }

    public WebhookReceiver(Settings settings) {
        this.settings = settings;
        this.client = HttpClient.newBuilder()
                .connectTimeout(settings.timeout())
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    @Override
    public DeliveryOutcome deliver(Notification notification) throws InterruptedException {
        try {
            HttpResponse<InputStream> answer =
                    client.send(request(notification), HttpResponse.BodyHandlers.ofInputStream());
            answer.body().close();
            return outcome(notification, answer.statusCode());
        } catch (IOException e) {
            return new DeliveryOutcome.NotDelivered(
                    notification,
                    "the receiver cannot be reached: " + e.getClass().getSimpleName(),
                    false);
        }
    }

    private HttpRequest request(Notification notification) {
        JsonNode body = settings.body() == null
                ? notification.about()
                : BodyTemplate.fill(settings.body(), notification.about());
        HttpRequest.Builder request = HttpRequest.newBuilder(settings.url())
                .timeout(settings.timeout())
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", notification.idempotencyKey());
        settings.headers().forEach(request::setHeader);
        return request.POST(
                        HttpRequest.BodyPublishers.ofByteArray(body.toString().getBytes(UTF_8)))
                .build();
    }

    private static DeliveryOutcome outcome(Notification notification, int status) {
        if (status / 100 == 2) {
            return new DeliveryOutcome.Delivered(notification);
        }
        boolean permanent = status / 100 != 5 && status != TOO_MANY && status != 408;
        return new DeliveryOutcome.NotDelivered(notification, "the receiver answered " + status, permanent);
    }
}
