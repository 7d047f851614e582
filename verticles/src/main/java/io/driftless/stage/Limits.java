package io.driftless.stage;

/// Bounds that producers, brokers and consumers share.
public final class Limits {
    /// Largest record that is published, headers and key included.
    public static final int RECORD_BYTES = 8 * 1024 * 1024;

    /// What brokers are asked to accept: a record and what its batch adds.
    static final int BATCH_BYTES = RECORD_BYTES + 64 * 1024;

    private Limits() {}
}
