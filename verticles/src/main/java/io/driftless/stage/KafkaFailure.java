package io.driftless.stage;

/// Kafka cannot be used as it is: the message says what is wrong and what to do.
public final class KafkaFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public KafkaFailure(String message) {
        super(message);
    }

    public KafkaFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
