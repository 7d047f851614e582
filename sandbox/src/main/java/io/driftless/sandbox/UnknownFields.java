package io.driftless.sandbox;

import io.driftless.sandbox.custom.Violation;
import io.driftless.sandbox.model.ApiError;
import io.driftless.sandbox.model.Json;
import io.driftless.sandbox.model.ResourceType;
import io.driftless.sandbox.model.YamlDuplicates;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;

/// What a client wants done about fields that nobody knows or that are there twice (`fieldValidation`): nothing, a
/// warning, a refusal.
record UnknownFields(String wish, boolean patch, HttpServerResponse response) {
    static final ScopedValue<UnknownFields> CURRENT = ScopedValue.newInstance();
    private static final List<String> WISHES = List.of("Ignore", "Warn", "Strict");

    static UnknownFields of(HttpServerRequest request) {
        String wish = request.getParam("fieldValidation");
        String known = wish == null || wish.isEmpty() ? "Warn" : wish;
        if (!WISHES.contains(known)) {
            throw ApiError.option(
                    request,
                    "fieldValidation",
                    "Unsupported value: \"" + wish + "\": supported values: \"\", \"Ignore\", \"Strict\", \"Warn\"");
        }
        return new UnknownFields(known, request.method().name().equals("PATCH"), request.response());
    }

    /// Whether an object with such fields is shown as it is.
    boolean shows() {
        return patch && wish.equals("Strict");
    }

    /// Fields that a schema does not know.
    ///
    /// @param sent what they are fields of; empty where it is not shown
    /// @throws ApiError where such fields are not to be passed over
    void found(ResourceType type, List<String> paths, String sent) {
        wrong(type, paths.stream().map(path -> "unknown field \"" + path + "\"").toList(), sent);
    }

    /// All that is to be passed over, reported or refused.
    ///
    /// @param patched what a patch made, as it is shown; empty where there is none
    void wrong(ResourceType type, List<String> problems, String patched) {
        if (problems.isEmpty() || wish.equals("Ignore")) {
            return;
        }
        if (wish.equals("Warn")) {
            warn(problems);
            return;
        }
        String all = "strict decoding error: " + String.join(", ", YamlDuplicates.asOne(problems));
        throw patch ? patched(patched, all) : undecodable(type, all);
    }

    /// What the text of an apply sets twice.
    void twice(List<String> problems) {
        if (problems.isEmpty() || wish.equals("Ignore")) {
            return;
        }
        if (wish.equals("Warn")) {
            warn(problems);
            return;
        }
        throw ApiError.badRequest("error strict decoding YAML: error converting YAML to JSON: "
                + YamlDuplicates.asOne(problems).getFirst());
    }

    static ApiError undecodable(ResourceType type, String why) {
        return ApiError.badRequest(type.kind() + " in version \"" + type.version() + "\" cannot be handled as a "
                + type.kind() + ": " + why);
    }

    static ApiError patched(String shown, String why) {
        String value = shown.isEmpty() ? "" : Json.quoted(shown) + ": ";
        return ApiError.invalid(
                "", "", "", List.of(new Violation("patch", "FieldValueInvalid", "Invalid value: " + value + why)));
    }

    /// A write that is prepared anew finds the same again.
    private void warn(List<String> problems) {
        problems.stream()
                .map(one -> "299 - \"" + one.replace("\"", "\\\"") + "\"")
                .distinct()
                .filter(warning -> !response.headers().contains("Warning", warning, false))
                .toList()
                .forEach(warning -> response.headers().add("Warning", warning));
    }
}
