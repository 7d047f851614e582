package io.driftless.kustomize.model;

import io.driftless.kustomize.node.Fields;
import io.driftless.kustomize.node.Kind;
import io.driftless.kustomize.node.Node;
import io.driftless.kustomize.node.Style;
import io.driftless.kustomize.node.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// An object of a build: its node, which transformers change, and the ids it has had.
public final class Resource {
    private static final String METADATA = "metadata";

    private final Scopes scopes;
    private final List<String> vars = new ArrayList<>(0);
    private @Nullable Node node;
    private String idsOf = "";
    private List<ResId> previousIds = List.of();
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
        Node metadata = metadata();
        Node value = metadata == null ? null : metadata.get(name);
        return value == null || value.isEmpty() ? "" : value.text();
    }

    private @Nullable Node metadata() {
        Node metadata = node == null ? null : node.get(METADATA);
        return metadata == null || metadata.isEmpty() ? null : metadata;
    }

    public Gvk gvk() {
        ResId known = current;
        return known != null && isCurrent(known) ? known.gvk() : Gvk.of(apiVersion(), kind());
    }

    private boolean isCurrent(ResId id) {
        String version = apiVersion();
        Gvk gvk = id.gvk();
        boolean sameVersion = gvk.group().isEmpty()
                ? version.equals(gvk.version())
                : version.length() == gvk.group().length() + 1 + gvk.version().length()
                        && version.startsWith(gvk.group())
                        && version.endsWith(gvk.version())
                        && version.charAt(gvk.group().length()) == '/';
        return sameVersion && gvk.kind().equals(kind());
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
        Node annotations = annotationsNode();
        Node names = annotations == null ? null : annotations.get(BuildNotes.PREVIOUS_NAMES);
        if (annotations == null || names == null) {
            return List.of();
        }
        String[] known = names.text().split(",", -1);
        String spaces = text(annotations, BuildNotes.PREVIOUS_NAMESPACES);
        String kinds = text(annotations, BuildNotes.PREVIOUS_KINDS);
        String key = names.text() + "\n" + spaces + "\n" + kinds + "\n" + apiVersion();
        if (!key.equals(idsOf)) {
            previousIds = parseIds(known, spaces.split(",", -1), kinds.split(",", -1));
            idsOf = key;
        }
        return previousIds;
    }

    private List<ResId> parseIds(String[] names, String[] spaces, String[] kinds) {
        if (names.length != spaces.length || names.length != kinds.length) {
            throw new io.driftless.kustomize.KustomizeException(
                    "number of previous names, " + "number of previous namespaces, number of previous kinds not equal");
        }
        Gvk now = Gvk.of(apiVersion(), "");
        List<ResId> ids = new ArrayList<>(names.length);
        for (int i = 0; i < names.length; i++) {
            ids.add(new ResId(new Gvk(now.group(), now.version(), kinds[i]), names[i], spaces[i], false));
        }
        return ids;
    }

    private static String text(Node map, String key) {
        Node value = map.get(key);
        return value == null ? "" : value.text();
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
        setMeta("name", Node.untyped(name));
    }

    public void setNamespace(String namespace) {
        if (namespace.isEmpty()) {
            Node metadata = node().get(METADATA);
            if (metadata != null) {
                Fields.set(metadata, "namespace", null);
            }
        } else {
            setMeta("namespace", Node.untyped(namespace));
        }
    }

    private void setMeta(String name, Node value) {
        Node metadata = Fields.lookUp(node(), List.of(METADATA), Kind.MAP);
        if (metadata != null) {
            Fields.set(metadata, name, value);
        }
    }

    public void setKind(String kind) {
        Fields.set(node(), "kind", Node.untyped(kind));
    }

    public void setApiVersion(String version) {
        Fields.set(node(), "apiVersion", Node.untyped(version));
    }

    // Annotations and labels

    private @Nullable Node annotationsNode() {
        Node metadata = metadata();
        return metadata == null ? null : metadata.get("annotations");
    }

    public Map<String, String> annotations() {
        return strings("annotations");
    }

    public Map<String, String> labels() {
        return strings("labels");
    }

    private Map<String, String> strings(String field) {
        Map<String, String> result = new TreeMap<>(io.driftless.kustomize.node.JsonText::compareUtf8);
        Node metadata = metadata();
        Node map = metadata == null ? null : metadata.get(field);
        if (map != null && map.isMap()) {
            for (int i = 0; i < map.size(); i++) {
                result.put(map.key(i), map.item(i).text());
            }
        }
        return result;
    }

    public @Nullable String annotation(String key) {
        Node annotations = annotationsNode();
        Node value = annotations == null ? null : annotations.get(key);
        return value == null ? null : value.text();
    }

    public void setAnnotations(Map<String, String> annotations) {
        setStrings("annotations", annotations);
    }

    public void setLabels(Map<String, String> labels) {
        setStrings("labels", labels);
    }

    /// Writes all values as text, whatever they were.
    private void setStrings(String field, Map<String, String> values) {
        Node metadata = Fields.lookUp(node(), List.of(METADATA), Kind.MAP);
        if (metadata == null) {
            return;
        }
        Fields.set(metadata, field, null);
        if (values.isEmpty()) {
            return;
        }
        Node map = Fields.lookUp(metadata, List.of(field), Kind.MAP);
        if (map != null) {
            values.forEach((key, value) -> Fields.set(map, key, Node.text(value)));
        }
    }

    /// Sets one annotation without touching the others; an annotations field that is empty or null is made anew.
    public void annotate(String key, String value) {
        Node text = Node.scalar(value, Tag.STR, Style.SINGLE);
        Node metadata = node().get(METADATA);
        if (metadata != null && metadata.isMap()) {
            Node annotations = metadata.get("annotations");
            if (annotations != null && annotations.size() == 0) {
                metadata.remove("annotations");
            }
        }
        if (metadata != null && metadata.size() == 0) {
            node().remove(METADATA);
        }
        Node annotations = Fields.lookUp(node(), List.of(METADATA, "annotations"), Kind.MAP);
        if (annotations != null) {
            Fields.set(annotations, key, text);
        }
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

        Map<String, String> mine = annotations();
        Map<String, String> theirs = old.annotations();
        Map<String, String> annotations = old.annotations();
        annotations.putAll(mine);
        for (String note : BuildNotes.ALL) {
            String value = theirs.get(note);
            if (value == null) {
                annotations.remove(note);
            } else {
                annotations.put(note, value);
            }
        }
        if (!mine.containsKey(BuildNotes.NEEDS_HASH)) {
            annotations.remove(BuildNotes.NEEDS_HASH);
        }
        setAnnotations(annotations);
        setName(old.name());
        setNamespace(old.namespace());
        vars.clear();
        vars.addAll(old.vars);
    }
}
