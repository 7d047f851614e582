package io.driftless.sandbox;

import io.driftless.sandbox.model.ApiError;
import io.driftless.sandbox.model.Json;
import io.vertx.core.http.HttpServerRequest;
import java.util.regex.Pattern;

/// Numbers and times in the query of a request.
final class Numbers {
    private static final Pattern DURATION =
            Pattern.compile("[+-]?(0|([0-9]*\\.?[0-9]+|[0-9]+\\.)(ns|us|µs|ms|s|m|h))+");

    private Numbers() {}

    /// A whole number; 0 where none is given.
    static long of(HttpServerRequest request, String name) {
        String given = request.getParam(name);
        if (given == null || given.isEmpty()) {
            return 0;
        }
        if (!given.matches("[+-]?[0-9]{1,18}")) {
            throw ApiError.badRequest("strconv.ParseInt: parsing " + Json.quoted(given) + ": invalid syntax");
        }
        return Long.parseLong(given);
    }

    /// Refuses a `timeout` that is no time.
    static void timeout(HttpServerRequest request) {
        String given = request.getParam("timeout");
        if (given != null && !given.isEmpty() && !DURATION.matcher(given).matches()) {
            throw ApiError.badRequest(
                    "invalid timeout specified in the request URL - time: invalid duration " + Json.quoted(given));
        }
    }
}
