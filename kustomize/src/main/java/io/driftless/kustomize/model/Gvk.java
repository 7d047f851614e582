package io.driftless.kustomize.model;

/// Group, version and kind of an object, or a pattern for them in which an empty part matches anything.
public record Gvk(String group, String version, String kind) {
    public static final Gvk ANY = new Gvk("", "", "");

    public static Gvk of(String apiVersion, String kind) {
        int slash = apiVersion.indexOf('/');
        return slash < 0
                ? new Gvk("", apiVersion, kind)
                : new Gvk(apiVersion.substring(0, slash), apiVersion.substring(slash + 1), kind);
    }

    public String apiVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }

    /// Whether the pattern `selector` fits.
    public boolean isSelectedBy(Gvk selector) {
        return (selector.kind.isEmpty() || selector.kind.equals(kind))
                && (selector.group.isEmpty() || selector.group.equals(group))
                && (selector.version.isEmpty() || selector.version.equals(version));
    }

    @Override
    public String toString() {
        return (kind.isEmpty() ? "[noKind]" : kind) + "." + (version.isEmpty() ? "[noVer]" : version) + "."
                + (group.isEmpty() ? "[noGrp]" : group);
    }

    /// Whether an object with these fields is of this kind; looked at without making anything.
    boolean isOf(String apiVersion, String ofKind) {
        boolean sameVersion = group.isEmpty()
                ? apiVersion.equals(version)
                : apiVersion.length() == group.length() + 1 + version.length()
                        && apiVersion.startsWith(group)
                        && apiVersion.endsWith(version)
                        && apiVersion.charAt(group.length()) == '/';
        return sameVersion && kind.equals(ofKind);
    }
}
