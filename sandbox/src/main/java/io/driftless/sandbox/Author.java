package io.driftless.sandbox;

/// Who writes: the client by the name it gives itself, what it does, and the field manager it writes as.
record Author(String client, String verb, String manager) {
    Author doing(String other) {
        return new Author(client, other, manager);
    }
}
