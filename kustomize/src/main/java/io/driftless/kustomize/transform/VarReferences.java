package io.driftless.kustomize.transform;

import io.driftless.kustomize.KustomizeException;
import io.driftless.kustomize.file.Entries.Var;
import io.driftless.kustomize.model.FieldSpec;
import io.driftless.kustomize.model.ResMap;
import io.driftless.kustomize.model.Resource;
import io.driftless.kustomize.node.Fields;
import io.driftless.kustomize.node.Growth;
import io.driftless.kustomize.node.Node;
import io.driftless.kustomize.node.Paths;
import io.driftless.kustomize.node.Style;
import io.driftless.kustomize.node.Tag;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Replaces `$(NAME)` in the fields that may hold it by a field of another resource.
public final class VarReferences implements Transformer {
    private static final Pattern INDEX = Pattern.compile("(.*)\\[(\\d+)\\]");

    private final Map<String, Node> values;
    private final List<FieldSpec> specs;

    private VarReferences(Map<String, Node> values, List<FieldSpec> specs) {
        this.values = values;
        this.specs = specs;
    }

    /// Looks up all vars; fails for one that leads nowhere.
    public static VarReferences of(List<Var> vars, ResMap map, List<FieldSpec> specs) {
        Map<String, Node> values = new HashMap<>();
        for (Var var : vars) {
            values.put(var.name(), value(var, map));
        }
        return new VarReferences(values, specs);
    }

    private static Node value(Var var, ResMap map) {
        for (Resource resource : map.resources()) {
            if (resource.vars().contains(var.name())) {
                Node found;
                try {
                    found = Fields.lookUp(resource.node(), parts(var.fieldPath()));
                } catch (KustomizeException wrongPath) {
                    found = null;
                }
                if (found == null) {
                    throw new KustomizeException(
                            "field specified in var '" + dump(var) + "' not found in corresponding resource");
                }
                return found.copy();
            }
        }
        throw new KustomizeException(
                "var '" + dump(var) + "' cannot be mapped to a field in the set of known resources");
    }

    private static List<String> parts(String path) {
        List<String> result = new ArrayList<>();
        for (String part : Paths.splitDots(path)) {
            Matcher matcher = INDEX.matcher(part);
            if (!part.endsWith("]") || !matcher.matches()) {
                result.add(part);
                continue;
            }
            if (!matcher.group(1).isEmpty()) {
                result.add(matcher.group(1));
            }
            result.add(matcher.group(2));
        }
        return result;
    }

    private static String dump(Var var) {
        return "{" + var.name() + " " + var.gvk() + " {" + var.fieldPath() + "}}";
    }

    @Override
    public void transform(ResMap map) {
        for (Resource resource : map.resources()) {
            FieldWalker.each(resource, specs, this::set, null, Tag.NONE);
        }
    }

    private void set(Node node) {
        if (node.isNull()) {
            return;
        }
        switch (node.kind()) {
            case SCALAR -> replace(node);
            case MAP -> node.items().forEach(this::replace);
            case LIST -> {
                for (Node item : node.items()) {
                    if (!item.isString()) {
                        throw new KustomizeException("invalid value type expect a string");
                    }
                    replace(item);
                }
            }
            default -> throw new KustomizeException("invalid type encountered 0");
        }
    }

    private void replace(Node node) {
        if (!node.isString()) {
            return;
        }
        String text = node.text();
        Node whole = whole(text);
        if (whole != null) {
            put(node, whole);
            return;
        }
        node.become(Node.scalar(expand(text), Tag.STR, Style.PLAIN));
    }

    private static void put(Node node, Node value) {
        Tag type = type(value);
        node.become(Node.scalar(plain(value), type, Style.PLAIN));
    }

    /// The value when the text is one reference and nothing else.
    private @Nullable Node whole(String text) {
        if (!text.startsWith("$(") || text.indexOf(')') != text.length() - 1) {
            return null;
        }
        Node value = values.get(text.substring(2, text.length() - 1));
        return value == null || !value.isScalar() ? null : value;
    }

    private static Tag type(Node value) {
        return switch (value.tag()) {
            case INT, FLOAT, BOOL -> value.tag();
            default -> Tag.STR;
        };
    }

    private static String plain(Node value) {
        return switch (value.tag()) {
            case INT -> value.text().startsWith("+") ? value.text().substring(1) : value.text();
            case BOOL -> Boolean.toString(io.driftless.kustomize.node.Scalars.isTrue(value.text()));
            default -> value.text();
        };
    }

    private String expand(String text) {
        StringBuilder out = new StringBuilder();
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) != '$' || i + 1 >= text.length()) {
                continue;
            }
            out.append(text, from, i);
            char next = text.charAt(i + 1);
            int end = next == '(' ? text.indexOf(')', i + 2) : -1;
            if (next == '$') {
                out.append('$');
                i++;
            } else if (end >= 0) {
                String name = text.substring(i + 2, end);
                Node value = values.get(name);
                out.append(value == null || !value.isScalar() ? "$(" + name + ")" : plain(value));
                Growth.text(out.length());
                i = end;
            } else {
                out.append('$').append(next);
                i++;
            }
            from = i + 1;
        }
        return out.append(text, from, text.length()).toString();
    }
}
