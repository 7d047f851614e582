package io.driftless.objects;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The part of a type that merging and comparing need: which lists are merged by key, which are
/// sets, which maps are replaced as a whole, and which scalars have more than one spelling.
/// Whatever is not known is [#DEDUCED]: objects are merged field by field, lists are replaced
/// whole, as the API server does for untyped parts.
public sealed interface Schema {
    /// The type of everything we know nothing about.
    Schema DEDUCED = new Scalar(Format.NONE);

    /// A spelling rule of a scalar.
    enum Format {
        NONE,
        /// `1000m` equals `1`.
        QUANTITY,
        /// `"80"` and `80` are different values, both are allowed.
        INT_OR_STRING
    }

    /// How the items of a list are told apart.
    enum ListKind {
        ATOMIC,
        SET,
        MAP
    }

    /// A scalar, or a value whose shape is deduced from what it holds.
    record Scalar(Format format) implements Schema {}

    /// An object with named fields. Fields that are not listed are [#DEDUCED].
    record Struct(boolean atomic, Map<String, Schema> fields) implements Schema {
        public Struct {
            fields = Map.copyOf(fields);
        }
    }

    /// An object whose keys are data, like labels.
    record Entries(boolean atomic, Schema value) implements Schema {}

    /// A list. `keys` identify an item of a MAP list (with the default of a key that an item leaves out),
    /// `patchKey` is the key that strategic merge patches use: null where such a patch replaces the list,
    /// empty where it merges scalars.
    record Items(
            ListKind kind,
            List<Key> keys,
            Schema item,
            @Nullable String patchKey) implements Schema {
        public Items {
            keys = List.copyOf(keys);
        }
    }

    /// A key field of a MAP list; `fallback` is its default, null where there is none.
    record Key(String name, @Nullable JsonNode fallback) {}

    /// A reference to a named type, resolved when first asked: types may be recursive.
    record Ref(Supplier<Schema> target) implements Schema {}

    /// This type, or what it refers to.
    default Schema resolved() {
        Schema schema = this;
        while (schema instanceof Ref ref) {
            schema = ref.target().get();
        }
        return schema;
    }

    /// The type of a field or entry of an object of this type.
    default Schema field(String name) {
        return switch (resolved()) {
            case Struct struct -> struct.fields().getOrDefault(name, DEDUCED);
            case Entries entries -> entries.value();
            case Scalar _, Items _, Ref _ -> DEDUCED;
        };
    }

    /// The type of the items of a list of this type.
    default Schema item() {
        return resolved() instanceof Items items ? items.item() : DEDUCED;
    }

    /// Whether a list of this type is merged item by item.
    default boolean associative() {
        return resolved() instanceof Items items && items.kind() != ListKind.ATOMIC;
    }

    /// Whether an object of this type is owned and replaced as a whole.
    default boolean atomicObject() {
        return switch (resolved()) {
            case Struct struct -> struct.atomic();
            case Entries entries -> entries.atomic();
            case Scalar _, Items _, Ref _ -> false;
        };
    }

    /// Whether `name` is a declared field, not an entry that exists only because someone wrote it.
    default boolean declares(String name) {
        return resolved() instanceof Struct struct && struct.fields().containsKey(name);
    }
}
