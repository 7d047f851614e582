package io.driftless.rbac;

/// A policy that cannot be understood. Never read in part: what could not be read might be what forbids.
public final class PolicyException extends Exception {
    private static final long serialVersionUID = 1L;

    PolicyException(String message) {
        super(message, null, false, false);
    }
}
