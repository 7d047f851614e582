package io.driftless.kustomize.model;

import io.driftless.kustomize.node.Fields;
import io.driftless.kustomize.node.Kind;
import io.driftless.kustomize.node.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An object of a build: its node, which transformers change, and the ids it has had.
public final class Resource {
    private final Scopes scopes;
    private final List<String> vars = new ArrayList<>(0);
    private @Nullable Node node;
    private @Nullable PreviousIds previous;
    private @Nullable ResId current;

    public Resource(Node node, Scopes scopes) {
        this.node = node;
        this.scopes = scopes;
    }

    /// The object. A resource that was deleted has an empty one.
    public Node node() {
        return node == null ? Fields.empty(Kind.NONE) : node;
    }

    public void setNode(@Nullable Node newNode) {
        this.node = newNode;
    }

    /// Deleted, or emptied to nothing.
    public boolean isGone() {
        return node == null || node.isEmpty();
    }

    public Resource copy() {
        Resource copy = new Resource(node().copy(), scopes);
        copy.vars.addAll(vars);
        return copy;
    }

    public Scopes scopes() {
        return scopes;
    }

    public List<String> vars() {
        return vars;
    }

    // Identity

    public String kind() {
        return field("kind");
    }

    public String apiVersion() {
        return field("apiVersion");
    }

    private String field(String name) {
        Node value = node == null ? null : node.get(name);
        return value == null ? "" : value.text();
    }

    public String name() {
        return meta("name");
    }

    public String namespace() {
        return meta("namespace");
    }

    private String meta(String name) {
        return node == null ? "" : ObjectMetadata.text(node, name);
    }

    public Gvk gvk() {
        ResId known = current;
        return known != null && isCurrent(known) ? known.gvk() : Gvk.of(apiVersion(), kind());
    }

    private boolean isCurrent(ResId id) {
        return id.gvk().isOf(apiVersion(), kind());
    }

    public ResId currentId() {
        ResId known = current;
        String name = name();
        String namespace = namespace();
        if (known != null && known.name().equals(name) && known.namespace().equals(namespace) && isCurrent(known)) {
            return known;
        }
        Gvk gvk = known != null && isCurrent(known) ? known.gvk() : Gvk.of(apiVersion(), kind());
        ResId id = new ResId(gvk, name, namespace, scopes.isClusterScoped(gvk));
        current = id;
        return id;
    }

    public ResId originalId() {
        List<ResId> ids = previousIds();
        return ids.isEmpty() ? currentId() : ids.getFirst();
    }

    /// The ids this resource had before, oldest first.
    public List<ResId> previousIds() {
        Node annotations = node == null ? null : ObjectMetadata.field(node, ObjectMetadata.ANNOTATIONS);
        if (annotations == null || !annotations.has(BuildNotes.PREVIOUS_NAMES)) {
            return List.of();
        }
        PreviousIds ids = PreviousIds.in(annotations, apiVersion(), previous);
        previous = ids;
        return ids.ids();
    }

    /// All ids, the previous ones first.
    public List<ResId> ids() {
        List<ResId> ids = new ArrayList<>(previousIds());
        ids.add(currentId());
        return ids;
    }

    public void rememberId() {
        ResId id = currentId();
        note(BuildNotes.PREVIOUS_NAMES, id.name());
        note(BuildNotes.PREVIOUS_NAMESPACES, id.effectiveNamespace());
        note(BuildNotes.PREVIOUS_KINDS, id.gvk().kind());
    }

    public void setName(String name) {
        ObjectMetadata.set(node(), "name", Node.untyped(name));
    }

    public void setNamespace(String namespace) {
        if (namespace.isEmpty()) {
            ObjectMetadata.remove(node(), "namespace");
        } else {
            ObjectMetadata.set(node(), "namespace", Node.untyped(namespace));
        }
    }

    public void setKind(String kind) {
        Fields.set(node(), "kind", Node.untyped(kind));
    }

    public void setApiVersion(String version) {
        Fields.set(node(), "apiVersion", Node.untyped(version));
    }

    // Annotations and labels

    public Map<String, String> annotations() {
        return ObjectMetadata.strings(node(), ObjectMetadata.ANNOTATIONS);
    }

    public Map<String, String> labels() {
        return ObjectMetadata.strings(node(), ObjectMetadata.LABELS);
    }

    public @Nullable String annotation(String key) {
        return node == null ? null : ObjectMetadata.annotation(node, key);
    }

    public void setAnnotations(Map<String, String> annotations) {
        ObjectMetadata.setStrings(node(), ObjectMetadata.ANNOTATIONS, annotations);
    }

    public void setLabels(Map<String, String> labels) {
        ObjectMetadata.setStrings(node(), ObjectMetadata.LABELS, labels);
    }

    /// Sets one annotation without touching the others; an annotations field that is empty or null is made anew.
    public void annotate(String key, String value) {
        ObjectMetadata.annotate(node(), key, value);
    }

    private void note(String key, String value) {
        if (value.isEmpty()) {
            return;
        }
        String known = annotation(key);
        annotate(key, known == null ? value : known + "," + value);
    }

    private List<String> notes(String key) {
        String known = annotation(key);
        return known == null ? List.of() : List.of(known.split(",", -1));
    }

    public void addPrefix(String prefix) {
        note(BuildNotes.PREFIXES, prefix);
    }

    public void addSuffix(String suffix) {
        note(BuildNotes.SUFFIXES, suffix);
    }

    public List<String> prefixes() {
        return notes(BuildNotes.PREFIXES);
    }

    public List<String> suffixes() {
        return notes(BuildNotes.SUFFIXES);
    }

    public boolean isEnabled(String note) {
        return BuildNotes.ENABLED.equals(annotation(note));
    }

    public void enable(String note) {
        putAnnotation(note, BuildNotes.ENABLED);
    }

    /// Sets one annotation the way that rewrites all of them as text.
    public void putAnnotation(String key, @Nullable String value) {
        Map<String, String> annotations = annotations();
        if (value == null) {
            annotations.remove(key);
        } else {
            annotations.put(key, value);
        }
        setAnnotations(annotations);
    }

    public Map<String, String> internalAnnotations() {
        Map<String, String> result = annotations();
        result.keySet().removeIf(key -> !BuildNotes.isInternal(key));
        return result;
    }

    public void removeBuildNotes() {
        Map<String, String> annotations = annotations();
        if (annotations.isEmpty()) {
            return;
        }
        annotations.keySet().removeAll(BuildNotes.ALL);
        setAnnotations(annotations);
    }

    /// Takes name, namespace, labels, annotations and history of the resource this one replaces; own labels and
    /// annotations win.
    public void adoptMetadata(Resource old) {
        Map<String, String> labels = old.labels();
        labels.putAll(labels());
        setLabels(labels);

        setAnnotations(BuildNotes.handedOn(old.annotations(), annotations()));
        setName(old.name());
        setNamespace(old.namespace());
        vars.clear();
        vars.addAll(old.vars);
    }
}
