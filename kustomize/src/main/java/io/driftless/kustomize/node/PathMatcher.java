package io.driftless.kustomize.node;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.driftless.kustomize.KustomizeException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds all nodes a replacement path means: names, numbers, `*` and `[name=expression]`; creates what is missing when
/// asked to.
public final class PathMatcher {
    private final @Nullable Kind create;

    private PathMatcher(@Nullable Kind create) {
        this.create = create;
    }

    /// The nodes at the end of the path; null when a field on the way is missing.
    public static @Nullable List<Node> find(Node root, List<String> path, @Nullable Kind create) {
        return new PathMatcher(create).match(root, path);
    }

    private @Nullable List<Node> match(Node at, List<String> path) {
        if (path.isEmpty()) {
            return List.of(at);
        }
        String part = path.getFirst();
        List<String> rest = path.subList(1, path.size());
        if (Fields.isInteger(part) && Fields.number(part) >= 0) {
            return index(at, part, rest);
        }
        if (Fields.isElement(part)) {
            return elements(at, part, rest);
        }
        if (part.equals("*")) {
            return every(at, rest);
        }
        return field(at, part, rest);
    }

    private @Nullable List<Node> every(Node list, List<String> rest) {
        list.expect(Kind.LIST);
        List<Node> found = null;
        for (Node item : list.items()) {
            found = with(found, match(item, rest));
        }
        return found;
    }

    private static @Nullable List<Node> with(@Nullable List<Node> found, @Nullable List<Node> more) {
        if (more == null || more.isEmpty()) {
            return found;
        }
        List<Node> result = found == null ? new ArrayList<>() : found;
        result.addAll(more);
        return result;
    }

    private @Nullable List<Node> field(Node map, String name, List<String> rest) {
        Node field = Fields.get(map, name);
        if (field == null) {
            if (create == null || map.isNull()) {
                return null;
            }
            field = Fields.empty(Fields.kindAfter(rest.isEmpty() ? "" : rest.getFirst(), create));
            Fields.set(map, name, field);
        }
        if (field.isScalar() && !rest.isEmpty() && !field.isNull()) {
            return inside(field, rest);
        }
        return match(field, rest);
    }

    /// A path may go on into the YAML or JSON a text holds.
    private @Nullable List<Node> inside(Node text, List<String> rest) {
        Node parsed = NodeReader.first(text.text(), Limits.DEFAULT);
        return parsed == null ? null : match(parsed, rest);
    }

    private @Nullable List<Node> index(Node list, String part, List<String> rest) {
        int index = Fields.number(part);
        list.expect(Kind.LIST);
        if (list.size() == index && create != null) {
            list.add(Fields.empty(Fields.kindAfter(rest.isEmpty() ? "" : rest.getFirst(), create)));
        }
        if (index >= list.size()) {
            throw new KustomizeException("index " + index + " specified but only " + list.size() + " elements found");
        }
        return with(null, match(list.item(index), rest));
    }

    private @Nullable List<Node> elements(Node list, String part, List<String> rest) {
        String inner = part.substring(1, part.length() - 1);
        int equals = inner.indexOf('=');
        if (equals < 0) {
            throw new KustomizeException("list path element must contain fieldName=fieldValue for element to match");
        }
        String name = inner.substring(0, equals);
        String value = inner.substring(equals + 1);
        list.expect(Kind.LIST);
        Pattern pattern = compile(value);
        List<Node> found = null;
        for (Node item : list.items()) {
            found = with(found, element(item, name, pattern, rest));
        }
        if (found != null || create == null) {
            return found;
        }
        Node made = name.isEmpty() ? Node.untyped(value) : Node.map();
        if (!name.isEmpty()) {
            made.append(name, Node.untyped(value));
        }
        list.add(made);
        return element(made, name, pattern, rest);
    }

    private @Nullable List<Node> element(Node item, String name, Pattern pattern, List<String> rest) {
        if (name.isEmpty()) {
            return pattern.matcher(written(item)).find() ? List.of(item) : null;
        }
        Node field = item.get(name);
        return field != null && pattern.matcher(written(field)).find() ? match(item, rest) : null;
    }

    private static String written(Node node) {
        return node.isScalar()
                        && node.text().indexOf('\n') < 0
                        && node.style() == Style.PLAIN
                        && !Scalars.looksTyped(node.text())
                ? node.text().strip()
                : node.isScalar() && node.tag() != Tag.STR
                        ? node.text().strip()
                        : YamlText.printAsWritten(node).strip();
    }

    private static Pattern compile(String expression) {
        try {
            return Pattern.compile(expression);
        } catch (PatternSyntaxException invalid) {
            throw new KustomizeException(
                    "error parsing regexp: " + invalid.getDescription() + ": `" + expression + "`");
        }
    }
}
