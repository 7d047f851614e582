/// Makes clusters what Git says: starts operations (asked for or automated), writes only what differs,
/// each write fenced by the state it was decided on, and records what it is about to do before it does
/// it.
///
/// [SyncLogic] decides and has no effects; [SyncPerformer] writes to clusters and decides nothing.
@NullMarked
package io.driftless.sync;

import org.jspecify.annotations.NullMarked;
