package io.driftless.manifest.git;

import java.time.Duration;

/// The bounds of everything the mirrors do.
///
/// @param connectTimeout  to reach a host
/// @param fetchTimeout    for a whole exchange with a host, download included
/// @param maxPackBytes    the largest download accepted
/// @param maxPacks        packs in one mirror before they are combined in the background
/// @param cacheBytes      memory for blobs and trees read lately, over all mirrors
/// @param missRefresh     a name that is not known makes the mirror ask the host again, unless it did so this recently
/// @param settleAfter     how long what came may be in memory alone: a crash in between costs a repeated download
/// @param allowFileUrls   whether `file://` addresses may be mirrored: they read this machine's disk, so not by default
public record MirrorSettings(
        Duration connectTimeout,
        Duration fetchTimeout,
        long maxPackBytes,
        int maxPacks,
        long cacheBytes,
        Duration missRefresh,
        Duration settleAfter,
        boolean allowFileUrls) {

    public MirrorSettings {
        if (connectTimeout.isNegative() || connectTimeout.isZero() || fetchTimeout.compareTo(connectTimeout) < 0) {
            throw new IllegalArgumentException("connectTimeout must be positive and not beyond fetchTimeout");
        }
        if (maxPackBytes <= 0 || maxPacks <= 0 || cacheBytes < 0) {
            throw new IllegalArgumentException("maxPackBytes and maxPacks must be positive, cacheBytes not negative");
        }
    }

    public static MirrorSettings defaults() {
        return new MirrorSettings(
                Duration.ofSeconds(10),
                Duration.ofSeconds(60),
                1L << 30,
                50,
                64L << 20,
                Duration.ofSeconds(5),
                Duration.ofSeconds(1),
                false);
    }

    public MirrorSettings withFetchTimeout(Duration timeout) {
        Duration connect = connectTimeout.compareTo(timeout) > 0 ? timeout : connectTimeout;
        return new MirrorSettings(
                connect, timeout, maxPackBytes, maxPacks, cacheBytes, missRefresh, settleAfter, allowFileUrls);
    }

    public MirrorSettings withMaxPackBytes(long bytes) {
        return new MirrorSettings(
                connectTimeout, fetchTimeout, bytes, maxPacks, cacheBytes, missRefresh, settleAfter, allowFileUrls);
    }

    public MirrorSettings withMaxPacks(int packs) {
        return new MirrorSettings(
                connectTimeout, fetchTimeout, maxPackBytes, packs, cacheBytes, missRefresh, settleAfter, allowFileUrls);
    }

    public MirrorSettings withMissRefresh(Duration age) {
        return new MirrorSettings(
                connectTimeout, fetchTimeout, maxPackBytes, maxPacks, cacheBytes, age, settleAfter, allowFileUrls);
    }

    public MirrorSettings withFileUrls(boolean allowed) {
        return new MirrorSettings(
                connectTimeout, fetchTimeout, maxPackBytes, maxPacks, cacheBytes, missRefresh, settleAfter, allowed);
    }

    public MirrorSettings withSettleAfter(Duration time) {
        return new MirrorSettings(
                connectTimeout, fetchTimeout, maxPackBytes, maxPacks, cacheBytes, missRefresh, time, allowFileUrls);
    }
}
