package io.driftless.objects;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Strategic merge patch, the patch that kubectl sends for built-in kinds: objects are merged,
/// lists with a patch key are merged item by item, directives (`$patch`, `$retainKeys`,
/// `$deleteFromPrimitiveList/…`, `$setElementOrder/…`) are obeyed.
public final class StrategicMergePatch {
    private static final String ORDER = "$setElementOrder/";
    private static final String DELETE_FROM = "$deleteFromPrimitiveList/";

    private StrategicMergePatch() {}

    /// The target with the patch applied; neither argument changes.
    public static ObjectNode apply(Schema schema, ObjectNode target, ObjectNode patch) {
        return object(schema, target, patch);
    }

    private static ObjectNode object(Schema schema, ObjectNode target, ObjectNode patch) {
        switch (patch.path("$patch").asText()) {
            case "replace" -> {
                return without(patch);
            }
            case "delete" -> {
                return target.objectNode();
            }
            default -> {}
        }
        ObjectNode out = target.objectNode();
        Set<String> retained = texts(patch.path("$retainKeys"));
        target.properties().forEach(e -> {
            if (!patch.has("$retainKeys") || retained.contains(e.getKey())) {
                out.set(e.getKey(), e.getValue());
            }
        });
        for (Map.Entry<String, JsonNode> entry : patch.properties()) {
            String name = entry.getKey();
            if (name.startsWith(DELETE_FROM)) {
                String list = name.substring(DELETE_FROM.length());
                Set<String> gone = texts(entry.getValue());
                ArrayNode left = out.arrayNode();
                out.path(list).forEach(item -> {
                    if (!gone.contains(item.asText())) {
                        left.add(item);
                    }
                });
                if (out.has(list)) {
                    out.set(list, left);
                }
            } else if (!name.startsWith("$")) {
                field(schema.field(name), out, name, entry.getValue());
            }
        }
        patch.properties().forEach(e -> {
            if (e.getKey().startsWith(ORDER)) {
                String name = e.getKey().substring(ORDER.length());
                String key = patchKey(schema.field(name));
                if (key != null && out.get(name) instanceof ArrayNode list) {
                    out.set(name, arrange(list, e.getValue(), target.path(name), key));
                }
            }
        });
        return out;
    }

    private static void field(Schema schema, ObjectNode out, String name, JsonNode patch) {
        JsonNode target = out.get(name);
        if (patch.isNull()) {
            out.remove(name);
        } else if (patch instanceof ObjectNode object && target == null && object.has("$patch")) {
            // Nothing is there that could be replaced or deleted.
            out.remove(name);
        } else if (patch instanceof ObjectNode object) {
            out.set(name, object(schema, target instanceof ObjectNode was ? was : out.objectNode(), object));
        } else if (patch instanceof ArrayNode list) {
            out.set(name, list(schema, target instanceof ArrayNode was ? was : out.arrayNode(), list, target == null));
        } else {
            out.set(name, patch);
        }
    }

    /// @param absent whether there is no list yet: what has no key is taken as it is then
    private static ArrayNode list(Schema schema, ArrayNode target, ArrayNode patch, boolean absent) {
        String key = patchKey(schema);
        if (key == null) {
            return patch;
        }
        if (key.isEmpty()) {
            ArrayNode out = target.arrayNode().addAll(target);
            Set<String> present = texts(target);
            patch.forEach(item -> {
                if (present.add(item.asText())) {
                    out.add(item);
                }
            });
            return out;
        }
        if (!patch.isEmpty() && holdsNoObject(patch)) {
            if (!target.isEmpty()) {
                throw new MixedList(target, patch);
            }
            // Not what the list holds, which whoever reads the result finds out.
            return patch;
        }
        List<JsonNode> out = new ArrayList<>();
        boolean replace = false;
        for (JsonNode item : patch) {
            replace |= item.path("$patch").asText().equals("replace");
            if (!absent && !item.has(key) && !item.has("$patch")) {
                throw new MissingMergeKey(key, item);
            }
        }
        if (!replace) {
            target.forEach(out::add);
        }
        for (JsonNode item : patch) {
            JsonNode id = item.path(key);
            String directive = item.path("$patch").asText();
            int at = item.has(key) ? find(out, key, id) : -1;
            if (directive.equals("delete")) {
                out.removeIf(i -> i.path(key).equals(id));
            } else if (directive.equals("replace")) {
                if (item.size() > 1) {
                    out.add(without((ObjectNode) item));
                }
            } else if (at >= 0
                    && !target.isEmpty()
                    && out.get(at) instanceof ObjectNode was
                    && item instanceof ObjectNode with) {
                out.set(at, object(schema.item(), was, with));
            } else if (item instanceof ObjectNode with) {
                out.add(object(schema.item(), target.objectNode(), with));
            }
        }
        return arrange(target.arrayNode().addAll(out), patch, target, key);
    }

    private static boolean holdsNoObject(ArrayNode patch) {
        for (JsonNode item : patch) {
            if (item.isObject()) {
                return false;
            }
        }
        return true;
    }

    /// Items that the patch names come in its order. Those that only the server has keep their
    /// place before the next item that the server had after them; items new in the patch come
    /// first.
    private static ArrayNode arrange(ArrayNode list, JsonNode order, JsonNode server, String key) {
        ArrayDeque<JsonNode> named = new ArrayDeque<>();
        List<JsonNode> others = new ArrayList<>();
        list.forEach(others::add);
        for (JsonNode id : order) {
            int at = find(others, key, key.isEmpty() ? id : id.path(key));
            if (at >= 0) {
                named.add(others.remove(at));
            }
        }
        ArrayDeque<JsonNode> rest = new ArrayDeque<>(others);
        List<JsonNode> before = new ArrayList<>();
        server.forEach(before::add);
        ArrayNode out = list.arrayNode();
        while (!named.isEmpty() || !rest.isEmpty()) {
            boolean takeNamed = rest.isEmpty()
                    || (!named.isEmpty()
                            && place(before, key, named.getFirst()) <= place(before, key, rest.getFirst()));
            out.add(takeNamed ? named.removeFirst() : rest.removeFirst());
        }
        return out;
    }

    /// Where the server had an item, -1 where it had none.
    private static int place(List<JsonNode> before, String key, JsonNode item) {
        return find(before, key, key.isEmpty() ? item : item.path(key));
    }

    private static @Nullable String patchKey(Schema schema) {
        return schema.resolved() instanceof Schema.Items items ? items.patchKey() : null;
    }

    private static int find(List<JsonNode> items, String key, JsonNode id) {
        for (int i = 0; i < items.size(); i++) {
            JsonNode item = items.get(i);
            if ((key.isEmpty() ? item : item.path(key)).equals(id)) {
                return i;
            }
        }
        return -1;
    }

    private static ObjectNode without(ObjectNode patch) {
        ObjectNode out = patch.objectNode().setAll(patch);
        out.remove("$patch");
        return out;
    }

    private static Set<String> texts(JsonNode list) {
        Set<String> out = new HashSet<>();
        list.forEach(item -> out.add(item.asText()));
        return out;
    }
}
