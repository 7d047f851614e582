package io.driftless.sandbox.tables;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/// What a Table shows of a quota: what is used of each bound, those of limits in a column of their own.
public final class QuotaTable {
    private QuotaTable() {}

    static String cell(JsonNode status, boolean limits) {
        TreeSet<String> names = new TreeSet<>();
        status.path("hard").fieldNames().forEachRemaining(names::add);
        List<String> out = new ArrayList<>();
        for (String name : names) {
            if (name.startsWith("limits") == limits) {
                String used = status.path("used").path(name).asText("0");
                out.add(name + ": " + used + "/"
                        + status.path("hard").path(name).asText());
            }
        }
        return String.join(", ", out);
    }
}
