package io.driftless.simulation;

/// What may go wrong in a run. Each run draws its own mixture, so that every combination is tried in the end and a kind
/// of fault cannot hide behind another.
///
/// @param crashes an instance dies between any two steps; what was not published or committed is lost
/// @param zombies an instance is paused until its partitions have moved, and then goes on for a few steps
/// @param rebalances instances join and leave while work is under way
/// @param slowBroker records and acknowledgements take their time, and each partition at its own pace
/// @param lostAnswers a request to an API server is refused, or made and its answer lost
/// @param outages clusters and repositories do not answer for a while
/// @param brokenWatches watches end, and some have to list again
/// @param lostPushes webhooks come twice, late or never
/// @param compaction tables are compacted
/// @param drift somebody changes or deletes objects in the cluster
/// @param specs somebody changes, deletes and makes Applications
/// @param commands somebody asks for syncs, refreshes and terminations
/// @param badCommits some commits cannot be rendered, some hold nothing
/// @param codec records pass through bytes, as they do in reality
record Faults(
        boolean crashes,
        boolean zombies,
        boolean rebalances,
        boolean slowBroker,
        boolean lostAnswers,
        boolean outages,
        boolean brokenWatches,
        boolean lostPushes,
        boolean compaction,
        boolean drift,
        boolean specs,
        boolean commands,
        boolean badCommits,
        boolean codec) {

    static Faults drawn(Chance chance) {
        if (chance.oneIn(16)) {
            return new Faults(
                    false,
                    false,
                    false,
                    false,
                    false,
                    false,
                    false,
                    false,
                    false,
                    chance.coin(),
                    false,
                    chance.coin(),
                    false,
                    true);
        }
        return new Faults(
                often(chance),
                often(chance),
                often(chance),
                often(chance),
                often(chance),
                often(chance),
                often(chance),
                often(chance),
                often(chance),
                often(chance),
                often(chance),
                often(chance),
                often(chance),
                chance.oneIn(8));
    }

    private static boolean often(Chance chance) {
        return chance.below(5) < 3;
    }

    /// Whether an instance may lose what it knew.
    boolean loseMemory() {
        return crashes || zombies || rebalances;
    }
}
