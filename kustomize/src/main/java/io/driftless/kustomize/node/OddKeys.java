package io.driftless.kustomize.node;

/// Keys of maps that are not text, which JSON cannot hold.
final class OddKeys {
    /// The trouble of a map that has one.
    static final String TROUBLE = "json: unsupported type: map[interface {}]interface {}";

    private OddKeys() {}

    /// Marks the map when a key that was just added is read back as a number or the like.
    static void check(Node map, String key) {
        char first = key.isEmpty() ? '~' : key.charAt(0);
        if (first < 'A' || first == '~' || "nNtTfF".indexOf(first) >= 0) {
            Tag tag = Scalars.resolve(key);
            if (tag != Tag.STR && tag != Tag.MERGE) {
                map.setTrouble(TROUBLE);
            }
        }
    }
}
