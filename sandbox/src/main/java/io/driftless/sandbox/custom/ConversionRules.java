package io.driftless.sandbox.custom;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Locale;

/// How objects get from one version to another.
final class ConversionRules {
    private static final String CONFIG = "spec.conversion.webhookClientConfig";
    private static final String REVIEWS = "spec.conversion.conversionReviewVersions";
    private static final List<JsonNode> STRATEGIES = List.of(TextNode.valueOf("None"), TextNode.valueOf("Webhook"));

    private ConversionRules() {}

    static void check(JsonNode conversion, boolean several, List<Violation> wrong) {
        String strategy = conversion.path("strategy").asText();
        boolean webhook = strategy.equals("Webhook");
        if (strategy.isEmpty()) {
            wrong.add(Violation.required("spec.conversion.strategy", ""));
        } else if (!STRATEGIES.contains(conversion.path("strategy"))) {
            wrong.add(Violation.unsupported("spec.conversion.strategy", TextNode.valueOf(strategy), STRATEGIES));
        }
        JsonNode client = conversion.path("webhook").path("clientConfig");
        JsonNode reviews = conversion.path("webhook").path("conversionReviewVersions");
        if (!webhook) {
            if (client.isObject()) {
                wrong.add(Violation.forbidden(CONFIG, "should not be set when strategy is not set to Webhook"));
            }
            if (!reviews.isEmpty()) {
                wrong.add(Violation.forbidden(REVIEWS, "should not be set when strategy is not set to Webhook"));
            }
            return;
        }
        int before = wrong.size();
        if (client.isObject()) {
            client(client, wrong);
        } else {
            wrong.add(Violation.required(CONFIG, "required when strategy is set to Webhook"));
        }
        reviews(reviews, wrong);
        if (several && wrong.size() == before) {
            wrong.add(Violation.forbidden(
                    "spec.conversion.strategy",
                    "conversion by a webhook is not supported yet by the sandbox: use None, or one version"));
        }
    }

    private static void reviews(JsonNode reviews, List<Violation> wrong) {
        if (reviews.isEmpty()) {
            wrong.add(Violation.required(REVIEWS, ""));
            return;
        }
        boolean known = false;
        for (JsonNode review : reviews) {
            known |= List.of("v1", "v1beta1").contains(review.asText());
        }
        if (!known) {
            wrong.add(Violation.invalid(REVIEWS, reviews, "must include at least one of v1, v1beta1"));
        }
    }

    private static void client(JsonNode client, List<Violation> wrong) {
        boolean url = client.has("url");
        if (url == client.path("service").isObject()) {
            wrong.add(Violation.required(CONFIG, "exactly one of url or service is required"));
        } else if (url) {
            url(client.path("url").asText(), wrong);
        } else {
            service(client.path("service"), wrong);
        }
    }

    private static void url(String url, List<Violation> wrong) {
        String form = "; desired format: https://host[/path]";
        int colon = url.indexOf("://");
        String scheme = colon < 0 ? "" : url.substring(0, colon).toLowerCase(Locale.ROOT);
        String host = colon < 0 ? "" : url.substring(colon + "://".length()).split("[/?#]", 2)[0];
        if (!scheme.equals("https")) {
            wrong.add(Violation.invalid(
                    CONFIG + ".url", Quoted.text(scheme), "'https' is the only allowed URL scheme" + form));
        }
        if (host.isEmpty()) {
            wrong.add(Violation.invalid(CONFIG + ".url", "\"\"", "host must be specified" + form));
        }
    }

    private static void service(JsonNode service, List<Violation> wrong) {
        String path = CONFIG + ".service";
        for (String field : List.of("name", "namespace")) {
            if (service.path(field).asText().isEmpty()) {
                wrong.add(Violation.required(path + "." + field, ""));
            }
        }
        int port = service.path("port").asInt();
        if (port < 1 || port > 65535) {
            wrong.add(Violation.invalid(
                    path + ".port", "" + port, "port is not valid: must be between 1 and 65535, inclusive"));
        }
        if (service.has("path")) {
            path(path + ".path", service.path("path").asText(), wrong);
        }
    }

    private static void path(String at, String text, List<Violation> wrong) {
        String shown = Quoted.text(text);
        if (text.isEmpty() || text.equals("/")) {
            return;
        }
        if (!text.startsWith("/")) {
            wrong.add(Violation.invalid(at, shown, "must start with a '/'"));
        }
        String inner = text.startsWith("/") ? text.substring(1) : "";
        String[] segments = inner.split("/", -1);
        for (int i = 0; i < segments.length; i++) {
            if (segments[i].isEmpty() && (i < segments.length - 1 || segments.length == 1)) {
                wrong.add(Violation.invalid(at, shown, "segment[" + i + "] may not be empty"));
            }
        }
    }
}
