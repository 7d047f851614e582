package io.driftless.sandbox.defaults;

/// Addresses that look real and follow from a uid, so that they survive a repeat.
public final class Addresses {
    private Addresses() {}

    /// An address for whoever has this id, always the same one.
    ///
    /// @param prefix its first two parts
    public static String of(String uid, String prefix) {
        int hash = uid.hashCode();
        return prefix + "." + Math.floorMod(hash >> 8, 256) + "." + (1 + Math.floorMod(hash, 254));
    }
}
