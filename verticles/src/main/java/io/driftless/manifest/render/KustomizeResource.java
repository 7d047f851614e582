package io.driftless.manifest.render;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// An object on its way through a build, with the names it had: references and patches may use any of them.
final class KustomizeResource {
    /// What tells objects of a build apart. `namespace` is effective: "default" and empty are the same, cluster-
    /// scoped
    /// have none.
    record Id(String group, String version, String kind, String name, String namespace) {
        String shown() {
            String gvk = kind + "." + (version.isEmpty() ? "[noVer]" : version) + "."
                    + (group.isEmpty() ? "[noGrp]" : group);
            return gvk + "/" + name + "." + (namespace.isEmpty() ? "[noNs]" : namespace);
        }
    }

    private final ObjectNode object;
    private final String file;
    private final int line;
    private final Id original;
    private final List<Id> previous = new ArrayList<>();
    private final List<String> prefixes = new ArrayList<>();
    private final List<String> suffixes = new ArrayList<>();
    private boolean hashed;
    private boolean generated;

    KustomizeResource(Manifest manifest) {
        this.object = manifest.object();
        this.file = manifest.file();
        this.line = manifest.line();
        this.original = id();
    }

    ObjectNode object() {
        return object;
    }

    Manifest manifest() {
        return new Manifest(object, file, line);
    }

    Id original() {
        return original;
    }

    /// Every identity so far, the present one last.
    Stream<Id> ids() {
        return Stream.concat(previous.stream(), Stream.of(id()));
    }

    boolean hasChanged() {
        return !previous.isEmpty();
    }

    List<Id> previous() {
        return previous;
    }

    Id id() {
        String apiVersion = object.path("apiVersion").asText();
        int slash = apiVersion.indexOf('/');
        String group = slash < 0 ? "" : apiVersion.substring(0, slash);
        String kind = object.path("kind").asText();
        String namespace = namespace();
        boolean scoped = ScopeLookup.WELL_KNOWN.isNamespaced(group, kind);
        return new Id(
                group,
                apiVersion.substring(slash + 1),
                kind,
                object.path("metadata").path("name").asText(),
                !scoped || namespace.equals("default") ? "" : namespace);
    }

    boolean namespaced() {
        return ScopeLookup.WELL_KNOWN.isNamespaced(id().group(), id().kind());
    }

    String name() {
        return object.path("metadata").path("name").asText();
    }

    String namespace() {
        return object.path("metadata").path("namespace").asText("");
    }

    ObjectNode metadata() {
        return object.withObject("/metadata");
    }

    /// Notes the present identity as a former one, before something changes it.
    void remember() {
        Id now = id();
        if (previous.isEmpty() || !previous.getLast().equals(now)) {
            previous.add(now);
        }
    }

    void affix(String prefix, String suffix) {
        remember();
        if (!prefix.isEmpty()) {
            prefixes.add(prefix);
        }
        if (!suffix.isEmpty()) {
            suffixes.add(suffix);
        }
        metadata().put("name", prefix + name() + suffix);
    }

    /// Whether one of the two got its affixes on top of those of the other: so it belongs to the same layers.
    boolean sharesAffixes(KustomizeResource other) {
        return startsSame(prefixes, other.prefixes) && startsSame(suffixes, other.suffixes);
    }

    private static boolean startsSame(List<String> one, List<String> other) {
        int common = Math.min(one.size(), other.size());
        return one.subList(one.size() - common, one.size()).equals(other.subList(other.size() - common, other.size()));
    }

    void wantHash(boolean wanted) {
        hashed = wanted;
    }

    boolean wantsHash() {
        return hashed;
    }

    void markGenerated() {
        generated = true;
    }

    boolean isGenerated() {
        return generated;
    }

    /// `labels` or `annotations`.
    JsonNode label(String field) {
        return object.path("metadata").path(field);
    }
}
