package io.driftless.sandbox.typed;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a value of a built-in kind may look like.
public sealed interface Shape {
    /// Anything at all.
    Shape ANY = new Plain(Sort.ANY);

    /// What a single value is.
    enum Sort {
        ANY("interface {}"),
        TEXT("string"),
        INT32("int32"),
        INT64("int64"),
        NUMBER("float64"),
        FLAG("bool"),
        BYTES("[]uint8"),
        QUANTITY("resource.Quantity"),
        /// A number or text; where it is neither, the number is what was missed.
        INT_OR_TEXT("int32"),
        TIME("v1.Time"),
        MICRO_TIME("v1.MicroTime");

        private final String type;

        Sort(String type) {
            this.type = type;
        }
    }

    /// A single value.
    record Plain(Sort sort) implements Shape {}

    /// An object whose keys are data.
    record Entries(Shape value) implements Shape {}

    /// A list; `keys` (with their defaults) tell its items apart where it is merged by them, `set`
    /// that each may be there once.
    record Items(Shape item, Map<String, JsonNode> keys, boolean set) implements Shape {}

    /// An object of a shape, or something else that is not looked into.
    record Perhaps(Shape object) implements Shape {}

    /// An object with named fields. These are read when one is first asked for: structures hold each other.
    final class Struct implements Shape {
        /// In policies of the network lists that hold nothing count.
        private static final String POLICY = "io.k8s.api.networking.v1.NetworkPolicy";

        private final String definition;
        private final Shapes shapes;
        private volatile @Nullable Map<String, Shape> fields;
        private final Set<String> zeros;
        private volatile @Nullable Set<String> required;

        Struct(String definition, Shapes shapes) {
            this.definition = definition;
            this.shapes = shapes;
            this.zeros = Zeros.of(definition);
        }

        String definition() {
            return definition;
        }

        Map<String, Shape> fields() {
            Map<String, Shape> known = fields;
            if (known == null) {
                known = shapes.fields(definition);
                fields = known;
            }
            return known;
        }

        /// Whether a field that holds nothing is there all the same.
        boolean keepsEmpty(String field) {
            if (definition.startsWith(POLICY)) {
                return true;
            }
            Set<String> known = required;
            if (known == null) {
                known = shapes.required(definition);
                required = known;
            }
            return known.contains(field);
        }

        /// Whether a value says no more than if the field were left out.
        boolean saysNothing(String field, JsonNode value) {
            return zeros.contains(field) && Zeros.zero(value);
        }

        /// The name without the package.
        String name() {
            return definition.substring(definition.lastIndexOf('.') + 1);
        }

        @Override
        public String typeName() {
            List<String> parts = List.of(definition.split("\\."));
            return parts.get(parts.size() - 2) + "." + parts.getLast();
        }
    }

    /// Whether a value of this shape is left out where it is empty.
    default boolean lostWhenEmpty(JsonNode value) {
        return value.isEmpty()
                && (this instanceof Entries && value.isObject() || this instanceof Items && value.isArray());
    }

    /// The type in the words of the real server's messages.
    default String typeName() {
        return switch (this) {
            case Plain(Sort sort) -> sort.type;
            case Entries(Shape value) -> "map[string]" + value.typeName();
            case Items items -> "[]" + items.item().typeName();
            case Perhaps perhaps -> perhaps.object().typeName();
            case Struct struct -> struct.typeName();
        };
    }
}
