package io.driftless.cluster;

import com.fasterxml.jackson.databind.JsonNode;

/// Refusals of Secrets can quote the value that was refused (structured merge says `got &value…`): such a message is
/// replaced.
final class SecretErrors {
    private static final int SHORTEST = 3;

    private SecretErrors() {}

    static ApiException withoutValues(ApiException refusal, JsonNode body) {
        boolean secret = "Secret".equals(body.path("kind").asText()) || body.has("stringData");
        String message = "" + refusal.getMessage();
        if (!secret || !(message.contains("valueUnstructured") || quotes(message, body))) {
            return refusal;
        }
        return new ApiException(
                refusal.code(),
                refusal.reason(),
                "the API server refused Secret "
                        + body.path("metadata").path("name").asText()
                        + ": every value below data must be a base64 string, below stringData a string"
                        + " (the server's message is withheld, it quotes a value)");
    }

    private static boolean quotes(String message, JsonNode body) {
        for (String field : new String[] {"data", "stringData"}) {
            for (JsonNode value : body.path(field)) {
                String text = value.asText();
                if (text.length() >= SHORTEST && message.contains(text)) {
                    return true;
                }
            }
        }
        return false;
    }
}
