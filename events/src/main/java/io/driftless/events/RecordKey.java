package io.driftless.events;

/// Record keys are `SUBJECT` or `SUBJECT|DETAIL`. Compaction works on the whole key, partitions on
/// the subject alone, so that everything about one subject is in one partition, in order. The
/// subject `*` speaks to every subject of its partition.
public final class RecordKey {
    /// The subject of records that concern every subject of the partition they are in.
    public static final String EVERYONE = "*";

    private RecordKey() {}

    public static String of(String subject, String detail) {
        return subject + '|' + detail;
    }

    /// The part that decides the partition.
    public static String subject(String key) {
        int bar = key.indexOf('|');
        return bar < 0 ? key : key.substring(0, bar);
    }

    /// The part after the subject, empty when there is none.
    public static String detail(String key) {
        int bar = key.indexOf('|');
        return bar < 0 ? "" : key.substring(bar + 1);
    }

    /// The partition of a subject: FNV-1a of its UTF-16 units, finished by a mixing step, so that any language can
    /// compute it.
    public static int partition(String key, int partitions) {
        String subject = subject(key);
        int hash = 0x811c9dc5;
        for (int i = 0; i < subject.length(); i++) {
            hash = (hash ^ subject.charAt(i)) * 0x01000193;
        }
        hash ^= hash >>> 15;
        return Math.floorMod(hash, partitions);
    }
}
