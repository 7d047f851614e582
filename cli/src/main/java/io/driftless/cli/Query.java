package io.driftless.cli;

/// Parameters of a request.
final class Query {
    private final StringBuilder text = new StringBuilder();

    /// Adds a parameter unless it is empty.
    Query with(String name, String value) {
        if (!value.isEmpty()) {
            text.append(text.isEmpty() ? "" : "&").append(name).append('=').append(ApiClient.encode(value));
        }
        return this;
    }

    /// As it stands behind a `?`.
    String text() {
        return text.toString();
    }
}
