package io.driftless.kustomize.model;

import io.driftless.kustomize.node.Paths;
import java.util.List;

/// A field of some kinds of object: which kinds, the path, and whether the field may be created.
public record FieldSpec(Gvk gvk, String path, boolean create, List<String> parts) {
    public FieldSpec(Gvk gvk, String path, boolean create) {
        this(gvk, path, create, Paths.split(path, '/'));
    }

    /// Whether this one selects what `other` selects, at the same path.
    boolean covers(FieldSpec other) {
        return path.equals(other.path) && gvk.isSelectedBy(other.gvk);
    }

    @Override
    public String toString() {
        return gvk + ":" + create + ":" + path;
    }
}
