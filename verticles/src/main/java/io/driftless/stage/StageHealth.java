package io.driftless.stage;

/// How a stage is.
///
/// @param ready it has joined its group and rebuilt what it was assigned
/// @param brokerReachable a connection to a broker is open
/// @param detail one sentence for people
public record StageHealth(boolean ready, boolean brokerReachable, String detail) {}
