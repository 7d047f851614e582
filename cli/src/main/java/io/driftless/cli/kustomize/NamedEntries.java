package io.driftless.cli.kustomize;

import io.driftless.kustomize.node.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// The entries of `images` or `replicas`: each has a name, and a name has one entry.
record NamedEntries(KustomizationFile file, String field) {

    /// Sets fields of the entry with a name. An entry that is new goes to its place in the alphabet when the others are
    /// sorted, otherwise to the end.
    void set(String name, Function<Map<String, Object>, Map<String, Node>> wanted) {
        List<Integer> found = new ArrayList<>();
        List<String> names = names();
        for (int i = 0; i < names.size(); i++) {
            if (names.get(i).equals(name)) {
                found.add(i);
            }
        }
        if (found.isEmpty()) {
            add(name, wanted.apply(Map.of()), names);
            return;
        }
        // The last one is what counts in a build.
        int last = found.removeLast();
        List<Object> path = List.of(file.field(field), last);
        Map<String, Object> present = YamlSource.asMap(file.list(field).get(last));
        wanted.apply(present).forEach((key, value) -> {
            if (!value.text().isEmpty()) {
                file.source().put(path, key, value);
            } else if (present.containsKey(key)) {
                file.source().remove(path, key);
            }
        });
        for (int duplicate : found.reversed()) {
            file.removeItem(field, duplicate);
        }
    }

    private void add(String name, Map<String, Node> fields, List<String> names) {
        Node entry = Node.map();
        entry.put("name", Node.text(name));
        fields.forEach((key, value) -> {
            if (!value.text().isEmpty()) {
                entry.put(key, value);
            }
        });
        int at = names.size();
        if (names.stream().sorted().toList().equals(names)) {
            at = (int) names.stream().filter(other -> other.compareTo(name) < 0).count();
        }
        file.add(field, entry, at);
    }

    private List<String> names() {
        return file.list(field).stream()
                .map(entry -> String.valueOf(YamlSource.asMap(entry).get("name")))
                .toList();
    }
}
