package io.driftless.kustomize.patch;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What merging needs to know of a type: which of its lists are merged, by which keys, and where its fields lead.
public final class MergeSchema {
    /// A type about which nothing is known but that it is known.
    static final MergeSchema OPAQUE = new MergeSchema(null);

    private final Map<String, MergeSchema> fields = new HashMap<>();
    private @Nullable MergeSchema target;
    private @Nullable MergeSchema elements;
    private @Nullable MergeSchema others;
    private @Nullable List<String> mergeKeys;
    private final boolean open;

    /// A type that only lists what matters; unknown fields are opaque.
    MergeSchema() {
        this.open = true;
    }

    private MergeSchema(@Nullable MergeSchema target) {
        this.target = target;
        this.open = true;
    }

    private MergeSchema(boolean open) {
        this.open = open;
    }

    /// A type whose unknown fields have no schema.
    static MergeSchema closed() {
        return new MergeSchema(false);
    }

    void put(String field, MergeSchema schema) {
        fields.put(field, schema);
    }

    void setElements(MergeSchema schema) {
        this.elements = schema;
    }

    void setOthers(MergeSchema schema) {
        this.others = schema;
    }

    void setMergeKeys(List<String> keys) {
        this.mergeKeys = keys;
    }

    /// A list of `items` merged by `keys`.
    static MergeSchema mergedList(List<String> keys, MergeSchema items) {
        MergeSchema list = new MergeSchema();
        list.mergeKeys = keys;
        list.elements = items;
        return list;
    }

    static MergeSchema list(MergeSchema items) {
        MergeSchema list = new MergeSchema();
        list.elements = items;
        return list;
    }

    static MergeSchema reference() {
        return new MergeSchema((MergeSchema) null);
    }

    void resolveTo(MergeSchema other) {
        this.target = other;
    }

    private MergeSchema resolved() {
        MergeSchema at = this;
        for (int i = 0; i < 50 && at.target != null; i++) {
            at = at.target;
        }
        return at;
    }

    @Nullable
    MergeSchema field(String name) {
        MergeSchema here = resolved();
        MergeSchema field = here.fields.get(name);
        if (field == null) {
            field = here.others == null ? (here.open ? OPAQUE : null) : here.others;
        }
        return field == null ? null : field.resolved();
    }

    @Nullable
    MergeSchema elements() {
        MergeSchema here = resolved();
        if (here.elements != null) {
            return here.elements.resolved();
        }
        return here.open ? OPAQUE : null;
    }

    /// Whether lists of this type are merged item by item.
    boolean mergesItems() {
        return resolved().mergeKeys != null;
    }

    List<String> mergeKeys() {
        List<String> keys = resolved().mergeKeys;
        return keys == null ? List.of() : keys;
    }
}
