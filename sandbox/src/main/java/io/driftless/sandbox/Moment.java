package io.driftless.sandbox;

import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/// The state that a reader asks for.
///
/// @param version 0 for any
/// @param exact whether the state of this very version is meant
record Moment(long version, boolean exact) {

    /// @throws ApiError 400 and 422 for what cannot be meant, 504 for a version that is still to come
    static Moment ofList(HttpServerRequest request, long present) {
        String match = request.getParam("resourceVersionMatch");
        long version = number(request.getParam("resourceVersion"));
        if (match != null && !match.isEmpty()) {
            boolean exact = match.equals("Exact");
            if (request.getParam("resourceVersion") == null || (exact && version == 0)) {
                throw invalid("resourceVersionMatch", "Forbidden: it needs a resourceVersion");
            }
            if (!exact && !match.equals("NotOlderThan")) {
                throw invalid("resourceVersionMatch", "Unsupported value: \"" + match + "\"");
            }
            return new Moment(checked(version, present), exact);
        }
        return new Moment(checked(version, present), false);
    }

    /// @throws ApiError 400 and 422 for what cannot be meant
    static Moment ofWatch(HttpServerRequest request) {
        String match = request.getParam("resourceVersionMatch");
        boolean initial = request.getParam("sendInitialEvents") != null;
        if (initial && !"NotOlderThan".equals(match)) {
            throw invalid("resourceVersionMatch", "Forbidden: sendInitialEvents needs it to be NotOlderThan");
        }
        if (!initial && match != null && !match.isEmpty()) {
            throw invalid("resourceVersionMatch", "Forbidden: it is for watches with sendInitialEvents alone");
        }
        return new Moment(number(request.getParam("resourceVersion")), false);
    }

    private static long checked(long version, long present) {
        if (version > present) {
            throw ApiError.tooLarge(version, present);
        }
        return version;
    }

    private static long number(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return 0;
        }
        if (!text.matches("[0-9]{1,18}")) {
            throw ApiError.badRequest("Invalid value: \"" + text + "\": a resource version is a number");
        }
        return Long.parseLong(text);
    }

    private static ApiError invalid(String field, String problem) {
        return ApiError.of(422, "Invalid", "ListOptions.meta.k8s.io \"\" is invalid: " + field + ": " + problem);
    }
}
