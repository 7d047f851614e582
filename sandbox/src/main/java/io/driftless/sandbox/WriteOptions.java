package io.driftless.sandbox;

/// How a write is meant: tried only, over the objections of other managers, by whom.
record WriteOptions(boolean dryRun, boolean force, Author author) {
    /// A write of a part of the sandbox itself.
    static WriteOptions by(String manager) {
        return new WriteOptions(false, false, new Author(manager, "update", manager));
    }

    String manager() {
        return author.manager();
    }
}
