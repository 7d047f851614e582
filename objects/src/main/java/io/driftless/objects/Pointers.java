package io.driftless.objects;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/// RFC 6901 pointers.
final class Pointers {
    private Pointers() {}

    static String escaped(String name) {
        return name.indexOf('~') < 0 && name.indexOf('/') < 0
                ? name
                : name.replace("~", "~0").replace("/", "~1");
    }

    /// The names a pointer goes through. `spec/replicas` without the leading slash is read as if it had one.
    static List<String> parts(String pointer) {
        List<String> parts = new ArrayList<>();
        String text = pointer.startsWith("/") ? pointer.substring(1) : pointer;
        for (String part : text.split("/", -1)) {
            parts.add(part.replace("~1", "/").replace("~0", "~"));
        }
        return parts;
    }

    /// Where `item` itself, not merely its equal, is in `list`.
    @SuppressWarnings("ReferenceEquality")
    static int position(JsonNode list, JsonNode item) {
        for (int i = 0; i < list.size(); i++) {
            if (list.get(i) == item) {
                return i;
            }
        }
        return list.size();
    }
}
