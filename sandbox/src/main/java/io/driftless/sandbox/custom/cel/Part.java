package io.driftless.sandbox.custom.cel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.RandomAccess;

/// An object or a map within an object; what is in it is read only where it is looked at.
record Part(ObjectNode node, Type type) {
    /// A value of an object by what is known of it.
    ///
    /// @throws CelException where it is none that goes with its format
    static Object value(JsonNode node, Type type) {
        return switch (node.getNodeType()) {
            case STRING -> text(node.asText(), type);
            case BOOLEAN -> node.asBoolean();
            case NUMBER ->
                node.isIntegralNumber() && !type.equals(Type.DOUBLE)
                        ? (Object) node.asLong()
                        : (Object) node.asDouble();
            case ARRAY -> list(node, type);
            case OBJECT -> new Part((ObjectNode) node, type);
            case NULL, MISSING, BINARY, POJO -> Values.NULL;
        };
    }

    private static Object text(String text, Type type) {
        if (type.equals(Type.TIMESTAMP)) {
            return Moments.ofObject(text);
        } else if (type.equals(Type.DURATION)) {
            return GoDurations.ofObject(text);
        }
        return type.equals(Type.BYTES) ? Conversions.decoded(text) : text;
    }

    private static Object list(JsonNode node, Type type) {
        Type item = type.is("list") ? type.parameter(0) : Type.DYN;
        List<Object> items = new Items(node, item);
        return type.merged() == Type.Merged.WHOLE ? items : new MergedList(items, type);
    }

    /// The items of a list, each read when it is asked for.
    private static final class Items extends AbstractList<Object> implements RandomAccess {
        private final JsonNode node;
        private final Type item;

        Items(JsonNode node, Type item) {
            this.node = node;
            this.item = item;
        }

        @Override
        public Object get(int index) {
            return value(node.get(index), item);
        }

        @Override
        public int size() {
            return node.size();
        }
    }

    /// Under which names it is asked for what is in it.
    List<Object> names() {
        List<Object> out = new ArrayList<>(node.size());
        for (String name : (Iterable<String>) node::fieldNames) {
            Map<String, Type> fields = type.fields();
            if (fields == null) {
                out.add(name);
            } else if (fields.containsKey(name)) {
                String escaped = Escapes.escaped(name);
                out.add(escaped.isEmpty() ? name : escaped);
            }
        }
        return out;
    }

    int size() {
        return node.size();
    }

    Optional<Object> find(String name) {
        Map<String, Type> fields = type.fields();
        if (fields == null) {
            Type value = type.is("map") ? type.parameter(1) : Type.DYN;
            return Optional.ofNullable(node.get(name)).map(found -> value(found, value));
        }
        String field = Escapes.field(name);
        Type known = fields.get(field);
        return known == null
                ? Optional.empty()
                : Optional.ofNullable(node.get(field))
                        .filter(found -> !found.isNull())
                        .map(found -> value(found, known));
    }

    boolean same(Part other, Steps steps) {
        if (size() != other.size()) {
            return false;
        }
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            JsonNode before = other.node.get(entry.getKey());
            if (before == null
                    || !Values.same(
                            value(entry.getValue(), of(entry.getKey())), value(before, of(entry.getKey())), steps)) {
                return false;
            }
        }
        return true;
    }

    private Type of(String name) {
        Map<String, Type> fields = type.fields();
        return fields != null ? fields.getOrDefault(name, Type.DYN) : type.is("map") ? type.parameter(1) : Type.DYN;
    }
}
