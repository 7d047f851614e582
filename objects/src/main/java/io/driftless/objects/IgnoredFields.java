package io.driftless.objects;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The fields of one object that do not count, of all rules that concern it.
public final class IgnoredFields {
    private final List<FieldPath> paths;
    private final Set<String> managers;
    private final List<String> unsupported;

    private IgnoredFields(List<FieldPath> paths, Set<String> managers, List<String> unsupported) {
        this.paths = List.copyOf(paths);
        this.managers = Set.copyOf(managers);
        this.unsupported = List.copyOf(unsupported);
    }

    /// What the rules say about `object`, told by its kind and name.
    public static IgnoredFields of(List<IgnoreRule> rules, JsonNode object) {
        List<FieldPath> paths = new ArrayList<>();
        Set<String> managers = new HashSet<>();
        List<String> unsupported = new ArrayList<>();
        for (IgnoreRule rule : rules) {
            if (!rule.concerns(object)) {
                continue;
            }
            rule.jsonPointers().stream()
                    .filter(pointer -> !pointer.isEmpty())
                    .map(FieldPath::ofPointer)
                    .forEach(paths::add);
            for (String expression : rule.jqPathExpressions()) {
                JqPath.parse(expression).ifPresentOrElse(paths::add, () -> unsupported.add(expression));
            }
            managers.addAll(rule.managedFieldsManagers());
        }
        return new IgnoredFields(paths, managers, unsupported);
    }

    /// The jq expressions of a list of rules that are not supported yet, each once.
    public static List<String> unsupported(List<IgnoreRule> rules) {
        return rules.stream()
                .flatMap(rule -> rule.jqPathExpressions().stream())
                .filter(expression -> JqPath.parse(expression).isEmpty())
                .distinct()
                .toList();
    }

    /// The expressions that concern this object and are not supported yet; they ignore nothing.
    public List<String> unsupported() {
        return unsupported;
    }

    public boolean isEmpty() {
        return paths.isEmpty() && managers.isEmpty();
    }

    /// `document` without the ignored fields, for comparing. The argument is not changed.
    ///
    /// @param live the live object, which says what other field managers own; may be `document` itself
    public JsonNode without(JsonNode document, @Nullable JsonNode live) {
        return rewritten(document, live, false);
    }

    /// `manifest` with the values that `live` holds in the ignored fields, for applying (RespectIgnoreDifferences).
    ///
    /// Leaving the fields out would give up our ownership, and a field without any owner is reset to its default: a
    /// Deployment scaled by hand would fall to one replica. A field that the live object lacks is left out.
    public JsonNode respected(JsonNode manifest, JsonNode live) {
        return rewritten(manifest, live, true);
    }

    private JsonNode rewritten(JsonNode document, @Nullable JsonNode live, boolean keepLive) {
        if (isEmpty()) {
            return document;
        }
        JsonNode copy = document.deepCopy();
        JsonNode other = live == null ? MissingNode.getInstance() : live;
        Schema schema = Schemas.of(
                document.path("apiVersion").asText(""), document.path("kind").asText(""));
        List<Place> places = new ArrayList<>();
        FieldPath.Visitor collect = (container, name, counterpart) ->
                places.add(new Place(container, name, keepLive ? counterpart : MissingNode.getInstance()));
        for (FieldPath path : paths) {
            path.walk(copy, other, schema, collect);
        }
        if (!managers.isEmpty() && live != null) {
            OwnedFields.walk(managedBy(live), copy, other, schema, collect);
        }
        // From the end, so that positions in lists stay true; several rules may lead to one place.
        Map<JsonNode, Set<String>> done = new IdentityHashMap<>();
        places.sort(Comparator.comparingInt(Place::position).reversed());
        for (Place place : places) {
            if (done.computeIfAbsent(place.container(), _ -> new HashSet<>()).add(place.name())) {
                place.write();
            }
        }
        return copy;
    }

    private FieldSet managedBy(JsonNode live) {
        FieldSet all = FieldSet.EMPTY;
        for (ManagedFields.Entry entry : ManagedFields.of(live).entries()) {
            if (managers.contains(entry.manager().name())) {
                all = all.union(entry.fields());
            }
        }
        return all;
    }

    /// A field to rewrite: removed where `value` is missing.
    private record Place(JsonNode container, String name, JsonNode value) {
        int position() {
            return container.isArray() ? Integer.parseInt(name) : 0;
        }

        void write() {
            switch (container) {
                case ObjectNode object when value.isMissingNode() -> object.remove(name);
                case ObjectNode object -> object.set(name, value);
                case ArrayNode list when value.isMissingNode() -> list.remove(Integer.parseInt(name));
                case ArrayNode list -> list.set(Integer.parseInt(name), value);
                default -> throw new IllegalStateException("only objects and lists hold fields");
            }
        }
    }

    /// Leads to the leaves of a field set: who owns a map's entry does not own the map.
    private static final class OwnedFields {
        private OwnedFields() {}

        static void walk(FieldSet set, JsonNode node, JsonNode other, Schema declared, FieldPath.Visitor visitor) {
            Schema schema = declared.resolved();
            for (Map.Entry<PathStep, FieldSet> child : set.children().entrySet()) {
                if (child.getKey() instanceof PathStep.Field(String name)) {
                    if (node.has(name)) {
                        enter(
                                child.getValue(),
                                node,
                                name,
                                node.path(name),
                                other.path(name),
                                schema.field(name),
                                visitor);
                    }
                } else if (node.isArray() && schema.associative()) {
                    JsonNode item = Typed.items(schema, node).get(child.getKey());
                    if (item != null) {
                        JsonNode theirs =
                                Typed.items(schema, other).getOrDefault(child.getKey(), MissingNode.getInstance());
                        String position = Integer.toString(Pointers.position(node, item));
                        enter(child.getValue(), node, position, item, theirs, schema.item(), visitor);
                    }
                }
            }
        }

        private static void enter(
                FieldSet set,
                JsonNode container,
                String name,
                JsonNode value,
                JsonNode other,
                Schema schema,
                FieldPath.Visitor visitor) {
            if (set.children().isEmpty()) {
                visitor.visit(container, name, other);
            } else {
                walk(set, value, other, schema, visitor);
            }
        }
    }
}
