package io.driftless.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.http.HttpFailure;
import org.jspecify.annotations.Nullable;

/// Looks whether the source of an Application is there and can be rendered, before it is written. A
/// look costs a question to the Git host, so it is left out where the source stays as it was, and
/// where the caller says so.
final class SourceCheck {
    private final Sources sources;

    SourceCheck(Sources sources) {
        this.sources = sources;
    }

    /// @param before the Application as it is; null when it is new
    void check(ObjectNode request, @Nullable JsonNode before, JsonNode after) {
        JsonNode source = after.path("spec").path("source");
        boolean several = !after.path("spec").path("sources").isEmpty();
        if (!request.path("validate").asBoolean(true)
                || several
                || !source.isObject()
                || before != null && before.path("spec").path("source").equals(source)) {
            return;
        }
        try {
            sources.details(source, after);
        } catch (HttpFailure refused) {
            throw HttpFailure.invalid("application spec for "
                    + after.path("metadata").path("name").asText() + " is invalid: InvalidSpecError: "
                    + refused.text() + " (not looked at with validate=false)");
        }
    }
}
