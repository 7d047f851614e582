package io.driftless.demo;

/// The demo did not reach what it wanted to show; the message says what is missing.
public final class DemoFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public DemoFailure(String message) {
        super(message);
    }
}
