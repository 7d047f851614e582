package io.driftless.simulation;

/// A promise was broken.
final class Violation extends AssertionError {
    private static final long serialVersionUID = 1L;
    private final String promise;

    Violation(String promise, String how, Throwable cause) {
        super(promise + ", but " + how, cause);
        this.promise = promise;
    }

    String promise() {
        return promise;
    }
}
