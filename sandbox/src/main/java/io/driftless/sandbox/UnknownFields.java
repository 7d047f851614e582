package io.driftless.sandbox;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import java.util.stream.Collectors;

/// What a client wants done about fields that nobody knows (`fieldValidation`): nothing, a warning, a refusal.
record UnknownFields(String wish, boolean patch, HttpServerResponse response) {
    static final ScopedValue<UnknownFields> CURRENT = ScopedValue.newInstance();
    private static final List<String> WISHES = List.of("Ignore", "Warn", "Strict");

    static UnknownFields of(HttpServerRequest request) {
        String wish = request.getParam("fieldValidation");
        String known = wish == null || wish.isEmpty() ? "Warn" : wish;
        if (!WISHES.contains(known)) {
            throw ApiError.of(
                    422,
                    "Invalid",
                    "fieldValidation: Unsupported value: \"" + wish
                            + "\": supported values: \"Ignore\", \"Strict\", \"Warn\"");
        }
        return new UnknownFields(known, request.method().name().equals("PATCH"), request.response());
    }

    /// @throws ApiError where such fields are not to be passed over
    void found(ResourceType type, List<String> paths) {
        if (wish.equals("Warn")) {
            List<String> warnings = paths.stream()
                    .map(path -> "299 - \"unknown field \\\"" + path + "\\\"\"")
                    .toList();
            response.headers().set("Warning", warnings);
        } else if (wish.equals("Strict")) {
            String all = paths.stream()
                    .map(path -> "unknown field \"" + path + "\"")
                    .collect(Collectors.joining(", ", "strict decoding error: ", ""));
            throw patch
                    ? ApiError.of(422, "Invalid", " \"\" is invalid: patch: Invalid value: " + all)
                    : ApiError.badRequest(type.kind() + " in version \"" + type.version() + "\" cannot be handled as a "
                            + type.kind() + ": " + all);
        }
    }
}
