package io.driftless.sandbox.custom;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;

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
            WebhookClients.check(CONFIG, client, wrong);
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
}
