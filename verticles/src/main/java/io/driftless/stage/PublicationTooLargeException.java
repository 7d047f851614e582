package io.driftless.stage;

/// A record is larger than brokers and consumers are asked to take; says which one.
public final class PublicationTooLargeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PublicationTooLargeException(Publication publication, long size) {
        super(publication.key() + " is too large for " + publication.topic().topicName() + ": " + size
                + " bytes, the limit is " + Limits.RECORD_BYTES + "; make the object smaller or leave it out");
    }
}
