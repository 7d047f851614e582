package io.driftless.kustomize.transform;

import io.driftless.kustomize.model.ResMap;
import io.driftless.kustomize.model.Resource;
import io.driftless.kustomize.model.Selector;
import io.driftless.kustomize.node.Fields;
import io.driftless.kustomize.node.Kind;
import io.driftless.kustomize.node.Node;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes a value into fields, as a whole or as one part of a path in them.
public final class ValueAdd implements Transformer {
    /// Where the value goes; position 0 replaces the field.
    public record Target(@Nullable Selector selector, String fieldPath, long position) {}

    private final String value;
    private final List<Target> targets;

    public ValueAdd(String value, List<Target> targets) {
        this.value = value;
        this.targets = targets;
    }

    @Override
    public void transform(ResMap map) {
        for (Target target : targets) {
            List<Resource> selected = target.selector() == null
                    ? map.resources()
                    : target.selector().compile().select(map);
            for (Resource resource : selected) {
                change(resource, target);
            }
        }
    }

    private void change(Resource resource, Target target) {
        if (target.fieldPath().equals("metadata/namespace")) {
            new NamespaceChange(value, List.of(), false, NamespaceChange.Subjects.DEFAULT_ONLY).change(resource);
            return;
        }
        Node field = Fields.lookUp(resource.node(), parts(target.fieldPath()), Kind.SCALAR);
        if (field == null) {
            return;
        }
        field.expect(Kind.SCALAR);
        String text = target.position() > 0 ? insert(field.text(), target.position() - 1) : value;
        Fields.setScalar(field, Node.untyped(text));
    }

    private static List<String> parts(String path) {
        List<String> parts = new ArrayList<>();
        for (String part : path.split("/", -1)) {
            if (!parts.isEmpty() && parts.getLast().endsWith("\\")) {
                String last = parts.removeLast();
                parts.add(last.substring(0, last.length() - 1) + "/" + part);
            } else {
                parts.add(part);
            }
        }
        return parts;
    }

    private String insert(String path, long position) {
        if (value.isEmpty()) {
            return path;
        }
        List<String> parts = path.isEmpty() ? new ArrayList<>() : new ArrayList<>(Arrays.asList(path.split("/", -1)));
        parts.removeIf(part -> part.isEmpty() && !(path.startsWith("/") && part == parts.getFirst()));
        int at = (int) Math.min(position, parts.size());
        if (path.startsWith("/") && at < parts.size()) {
            at++;
        }
        parts.add(at, value);
        return String.join("/", parts);
    }
}
