package io.driftless.cluster;

/// An API server refused: its HTTP code, its `reason` and its message.
public final class ApiException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final int code;
    private final String reason;

    public ApiException(int code, String reason, String message) {
        super(message);
        this.code = code;
        this.reason = reason;
    }

    /// HTTP status code.
    public int code() {
        return code;
    }

    /// `metav1.Status.reason`, such as `Conflict`; empty when the server gave none.
    public String reason() {
        return reason;
    }

    public boolean conflict() {
        return code == 409;
    }

    public boolean notFound() {
        return code == 404;
    }

    /// Whether the same request may succeed later: the server is overloaded, starting or failing.
    public boolean mayPass() {
        return code == 429 || code >= 500;
    }
}
