package io.driftless.http;

import java.util.Map;

/// An answer that is an error: HTTP status, the gRPC code that stands beside it in Argo CD's error documents,
/// and a message for the person who asked.
public final class HttpFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final int status;
    private final int code;
    private final transient Map<String, String> headers;
    private final boolean closing;

    private HttpFailure(int status, int code, String message, Map<String, String> headers, boolean closing) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
        this.headers = Map.copyOf(headers);
        this.closing = closing;
    }

    public int status() {
        return status;
    }

    /// gRPC status code.
    public int code() {
        return code;
    }

    /// Headers that belong to the answer, such as `Retry-After`.
    public Map<String, String> headers() {
        return headers;
    }

    /// Whether the connection must not be used again, because the request was not read to its end.
    public boolean closing() {
        return closing;
    }

    public String text() {
        String message = getMessage();
        return message == null ? "" : message;
    }

    public static HttpFailure invalid(String message) {
        return new HttpFailure(400, 3, message, Map.of(), false);
    }

    /// The request is right but cannot be done in the present state (gRPC FailedPrecondition, HTTP 400).
    public static HttpFailure precondition(String message) {
        return new HttpFailure(400, 9, message, Map.of(), false);
    }

    public static HttpFailure unauthenticated(String message) {
        return new HttpFailure(401, 16, message, Map.of(), false);
    }

    public static HttpFailure forbidden(String message) {
        return new HttpFailure(403, 7, message, Map.of(), false);
    }

    public static HttpFailure notFound(String message) {
        return new HttpFailure(404, 5, message, Map.of(), false);
    }

    public static HttpFailure method(String allow) {
        return new HttpFailure(405, 12, "method not allowed; use " + allow, Map.of("Allow", allow), false);
    }

    public static HttpFailure tooSlow(long seconds) {
        return new HttpFailure(408, 4, "the request body did not arrive within " + seconds + " s", Map.of(), true);
    }

    /// The caller gave up waiting.
    public static HttpFailure deadline() {
        return new HttpFailure(504, 4, "the time that the caller gave is over", Map.of(), false);
    }

    public static HttpFailure conflict(String message) {
        return new HttpFailure(409, 6, message, Map.of(), false);
    }

    public static HttpFailure tooLarge(long limitBytes) {
        return new HttpFailure(
                413, 8, "the request body is larger than the limit of " + limitBytes + " bytes", Map.of(), true);
    }

    public static HttpFailure mediaType(String message) {
        return new HttpFailure(415, 3, message, Map.of(), true);
    }

    public static HttpFailure tooMany(String message) {
        return new HttpFailure(429, 8, message, Map.of("Retry-After", "5"), false);
    }

    public static HttpFailure internal(String message) {
        return new HttpFailure(500, 13, message, Map.of(), false);
    }

    public static HttpFailure unsupported(String what) {
        return new HttpFailure(501, 12, what + " is not supported yet", Map.of(), false);
    }

    public static HttpFailure unavailable(String message) {
        return new HttpFailure(503, 14, message, Map.of("Retry-After", "5"), false);
    }
}
