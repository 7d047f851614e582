package io.driftless.notification;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.driftless.objects.yaml.GoYaml;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Webhooks that are to be told, from a YAML file. It may hold tokens, so errors name the place and never a value.
///
/// ```yaml
/// webhooks:
///   - name: chat
///     url: https://chat.example.com/hooks/abc
///     headers: {Authorization: Bearer token}            # optional
///     triggers: [on-sync-failed, on-health-degraded]    # optional; all but on-sync-running without it
///     body: {text: "${message}"}                        # optional; all facts without it
/// ```
public final class SubscriptionFile {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Set<String> FIELDS = Set.of("name", "url", "headers", "triggers", "body");

    private final Path file;

    private SubscriptionFile(Path file) {
        this.file = file;
    }

    /// @throws IllegalArgumentException naming the file, the entry and what to do about it
    public static List<Subscription> read(Path file) {
        return new SubscriptionFile(file).subscriptions();
    }

    private List<Subscription> subscriptions() {
        if (!(document().get("webhooks") instanceof ArrayNode list)) {
            throw wrong("webhooks", "must be a list of entries with name and url");
        }
        List<Subscription> subscriptions = new ArrayList<>();
        Set<String> names = new HashSet<>(Set.of(NotificationStage.log().name()));
        for (int i = 0; i < list.size(); i++) {
            Subscription subscription = subscription("webhooks[" + i + "]", list.get(i));
            if (!names.add(subscription.name())) {
                throw wrong("webhooks[" + i + "].name", "is taken already");
            }
            subscriptions.add(subscription);
        }
        return subscriptions;
    }

    private JsonNode document() {
        String text;
        try {
            text = Files.readString(file);
        } catch (IOException e) {
            throw new IllegalArgumentException("the notifications file " + file + " cannot be read", e);
        }
        try {
            return GoYaml.readOne(file.getFileName().toString(), text);
        } catch (RuntimeException e) {
            // What the parser says may quote a token.
            throw new IllegalArgumentException("the notifications file " + file + " is not one YAML document");
        }
    }

    private Subscription subscription(String place, JsonNode entry) {
        entry.fieldNames().forEachRemaining(field -> {
            if (!FIELDS.contains(field)) {
                throw wrong(place, "has an unknown field; there are name, url, headers, triggers and body");
            }
        });
        try {
            return new Subscription(text(place, entry, "name"), triggers(place, entry), receiver(place, entry));
        } catch (IllegalArgumentException e) {
            throw e.getMessage() != null && e.getMessage().startsWith("the notifications file")
                    ? e
                    : wrong(place, String.valueOf(e.getMessage()));
        }
    }

    private WebhookReceiver receiver(String place, JsonNode entry) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (var header : entry.path("headers").properties()) {
            headers.put(header.getKey(), header.getValue().asText());
        }
        @Nullable JsonNode body = entry.get("body");
        return new WebhookReceiver(new WebhookReceiver.Settings(url(place, entry), headers, body, TIMEOUT));
    }

    private URI url(String place, JsonNode entry) {
        try {
            return new URI(text(place, entry, "url"));
        } catch (URISyntaxException e) {
            throw wrong(place + ".url", "is not a URL");
        }
    }

    private Set<Trigger> triggers(String place, JsonNode entry) {
        if (!entry.has("triggers")) {
            return Subscription.USUAL;
        }
        Set<Trigger> triggers = EnumSet.noneOf(Trigger.class);
        for (JsonNode name : entry.path("triggers")) {
            triggers.add(Trigger.named(name.asText())
                    .orElseThrow(() -> wrong(
                            place + ".triggers",
                            "holds " + name.asText() + "; there are " + Arrays.toString(Trigger.values()))));
        }
        if (triggers.isEmpty()) {
            throw wrong(place + ".triggers", "names no trigger; leave it out for the usual ones");
        }
        return triggers;
    }

    private String text(String place, JsonNode entry, String field) {
        String text = entry.path(field).asText("");
        if (text.isBlank()) {
            throw wrong(place + "." + field, "is missing");
        }
        return text;
    }

    private IllegalArgumentException wrong(String place, String what) {
        return new IllegalArgumentException("the notifications file " + file + ": " + place + " " + what);
    }
}
