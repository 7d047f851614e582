package io.driftless.sandbox;

/// How a write is meant: tried only, by whom, over the objections of other managers.
record WriteOptions(boolean dryRun, String manager, boolean force) {
    static WriteOptions by(String manager) {
        return new WriteOptions(false, manager, false);
    }
}
