package io.driftless.kustomize.model;

/// What identifies an object in a build. Namespace "" and "default" are the same place; objects known to belong to no
/// namespace have none whatever they say.
public record ResId(Gvk gvk, String name, String namespace, boolean clusterScoped) {
    private static final String NOWHERE = "_non_namespaceable_";

    public String effectiveNamespace() {
        if (clusterScoped) {
            return NOWHERE;
        }
        return namespace.isEmpty() ? "default" : namespace;
    }

    public boolean sameNamespace(ResId other) {
        return effectiveNamespace().equals(other.effectiveNamespace());
    }

    public boolean sameKindAndName(ResId other) {
        return name.equals(other.name) && gvk.equals(other.gvk);
    }

    /// Whether both mean the same object.
    public boolean means(ResId other) {
        return sameKindAndName(other) && sameNamespace(other);
    }

    /// Equal for ids that mean the same object, as a key of maps.
    public Key key() {
        return new Key(gvk, name, effectiveNamespace());
    }

    public record Key(Gvk gvk, String name, String namespace) {}

    @Override
    public String toString() {
        return gvk + "/" + (name.isEmpty() ? "[noName]" : name) + "." + (namespace.isEmpty() ? "[noNs]" : namespace);
    }
}
