package io.driftless.cli.kustomize;

import io.driftless.kustomize.KustomizeException;
import io.driftless.kustomize.file.Kustomization;
import io.driftless.kustomize.node.Limits;
import io.driftless.kustomize.node.Node;
import io.driftless.kustomize.node.NodeReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The kustomization file of a directory while it is edited.
final class KustomizationFile {
    private static final List<String> NAMES = List.of("kustomization.yaml", "kustomization.yml", "Kustomization");

    private final Path path;
    private final String mark;
    private final YamlSource source;

    private KustomizationFile(Path path, String mark, YamlSource source) {
        this.path = path;
        this.mark = mark;
        this.source = source;
    }

    /// Reads and checks the file, and gives it the version and kind it may lack.
    static KustomizationFile in(Path directory) {
        List<String> found = NAMES.stream()
                .filter(name -> Files.exists(directory.resolve(name)))
                .toList();
        if (found.isEmpty()) {
            throw new KustomizeException("Missing kustomization file 'kustomization.yaml'.\n");
        }
        if (found.size() > 1) {
            throw new KustomizeException("Found multiple kustomization file: [" + String.join(" ", found) + "]\n");
        }
        Path path = directory.resolve(found.getFirst());
        String text = read(path);
        String mark = text.startsWith("\uFEFF") ? "\uFEFF" : "";
        YamlSource source = new YamlSource(check(text.substring(mark.length()), directory));
        KustomizationFile file = new KustomizationFile(path, mark, source);
        file.complete();
        return file;
    }

    private static String read(Path path) {
        try {
            if (Files.size(path) > Limits.DEFAULT.fileBytes()) {
                throw new KustomizeException(path + " is larger than a kustomization file may be");
            }
            return Files.readString(path);
        } catch (IOException unreadable) {
            throw new KustomizeException("cannot read " + path + ": " + unreadable.getMessage(), unreadable);
        }
    }

    private static String check(String text, Path directory) {
        try {
            Kustomization.read(text, directory.toString(), Limits.DEFAULT);
        } catch (KustomizeException invalid) {
            // An empty file cannot be built, but it can be added to.
            if (!"kustomization.yaml is empty".equals(invalid.getMessage())) {
                throw invalid;
            }
        }
        return text;
    }

    private void complete() {
        Object kind = source.data().get(field("kind"));
        if (!source.data().containsKey(field("apiVersion"))) {
            String version = "Component".equals(kind) ? "kustomize.config.k8s.io/v1alpha1" : Kustomization.VERSION;
            source.put(List.of(), "apiVersion", Node.text(version));
        }
        if (kind == null) {
            source.put(List.of(), "kind", Node.text("Kustomization"));
        }
    }

    String name() {
        return String.valueOf(path.getFileName());
    }

    /// The name of a field as this file spells it: readers do not tell upper from lower case.
    String field(String name) {
        return source.data().keySet().stream()
                .filter(key -> key.equalsIgnoreCase(name))
                .findFirst()
                .orElse(name);
    }

    List<Object> list(String name) {
        return YamlSource.asList(source.data().get(field(name)));
    }

    /// A list at the top with the types of its values; an empty one where there is none.
    Node node(String name) {
        Node whole = NodeReader.firstOld(source.text(), Limits.DEFAULT);
        Node value = whole == null ? null : whole.get(field(name));
        return value == null || !value.isList() ? Node.list() : value;
    }

    Map<String, Object> map(String name) {
        return YamlSource.asMap(source.data().get(field(name)));
    }

    YamlSource source() {
        return source;
    }

    /// Sets a text at the top; an empty one takes the field away.
    void set(String name, String value) {
        String field = field(name);
        if (!value.isEmpty()) {
            source.put(List.of(), field, Node.text(value));
        } else if (source.data().containsKey(field)) {
            source.remove(List.of(), field);
        }
    }

    /// Adds an item to a list at the top, at its end when no index is given.
    void add(String name, Node item, @Nullable Integer index) {
        List<Object> list = list(name);
        if (list.isEmpty()) {
            Node whole = Node.list();
            whole.add(item);
            source.put(List.of(), field(name), whole);
        } else {
            source.insert(List.of(field(name)), index == null ? list.size() : index, item);
        }
    }

    /// Takes an item away, and the list when it was the last one.
    void removeItem(String name, int index) {
        if (list(name).size() == 1) {
            source.remove(List.of(), field(name));
        } else {
            source.removeItem(List.of(field(name)), index);
        }
    }

    /// Sets an entry of a map at the top.
    void put(String name, String key, String value) {
        if (map(name).isEmpty()) {
            Node whole = Node.map();
            whole.put(key, Node.text(value));
            source.put(List.of(), field(name), whole);
        } else {
            source.put(List.of(field(name)), key, Node.text(value));
        }
    }

    void removeKey(String name, String key) {
        if (map(name).size() == 1) {
            source.remove(List.of(), field(name));
        } else {
            source.remove(List.of(field(name)), key);
        }
    }

    void save() {
        try {
            Files.write(path, (mark + source.text()).getBytes(StandardCharsets.UTF_8));
        } catch (IOException failed) {
            throw new KustomizeException("cannot write " + path + ": " + failed.getMessage(), failed);
        }
    }
}
