package io.driftless.sandbox.rules;

import io.driftless.sandbox.model.Json;

/// Indexes of the pods of a job, such as `0-2,5`.
public final class IndexText {
    private IndexText() {}

    /// How many there are; complains about text that is no list of those below a bound, in their order.
    static long count(Part indexes, long bound) {
        long total = 0;
        long last = -1;
        for (String range : indexes.text().split(",", -1)) {
            String[] ends = range.split("-", -1);
            if (ends.length > 2) {
                return wrong(indexes, "invalid range: " + Json.quoted(range));
            }
            long first = -1;
            for (String end : ends) {
                if (!end.matches("[0-9]{1,9}")) {
                    return wrong(indexes, "cannot convert string to integer for index: " + Json.quoted(end));
                }
                long index = Long.parseLong(end);
                if (index >= bound) {
                    return wrong(indexes, "too large index: " + Json.quoted(end));
                }
                if (index <= last) {
                    return wrong(indexes, "non-increasing order, previous: " + last + ", current: " + index);
                }
                first = first < 0 ? index : first;
                last = index;
            }
            total += last - first + 1;
        }
        return total;
    }

    private static long wrong(Part indexes, String why) {
        indexes.invalid("error parsing succeededIndexes: " + why);
        return Long.MAX_VALUE;
    }
}
