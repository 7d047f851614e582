package io.driftless.sandbox;

/// Addresses that look real and follow from a uid, so that they survive a repeat.
final class Addresses {
    private Addresses() {}

    static String of(String uid, String prefix) {
        int hash = uid.hashCode();
        return prefix + "." + Math.floorMod(hash >> 8, 256) + "." + (1 + Math.floorMod(hash, 254));
    }
}
