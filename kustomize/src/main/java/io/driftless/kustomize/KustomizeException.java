package io.driftless.kustomize;

/// A build that cannot be done. The message is what a person sees: it names the file, the field and, where the
/// reference has one, the reference's own phrase. It never carries a stack trace worth showing.
public class KustomizeException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public KustomizeException(String message) {
        super(message);
    }

    public KustomizeException(String message, Throwable cause) {
        super(message, cause);
    }

    /// The same failure seen from one step further out.
    public KustomizeException within(String step) {
        return new KustomizeException(step + ": " + getMessage(), this);
    }
}
