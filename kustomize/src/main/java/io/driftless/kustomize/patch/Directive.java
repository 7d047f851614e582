package io.driftless.kustomize.patch;

import io.driftless.kustomize.KustomizeException;
import io.driftless.kustomize.node.Node;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a `$patch` entry of a patch asks for. Reading it takes it out of the patch.
enum Directive {
    MERGE,
    REPLACE,
    DELETE;

    private static final String KEY = "$patch";

    static Directive of(@Nullable Node patch) {
        if (patch == null) {
            return MERGE;
        }
        if (patch.isList()) {
            return ofList(patch);
        }
        if (!patch.isMap()) {
            throw new KustomizeException(
                    "no implemented strategic merge patch strategy for '" + patch.tag() + "' ('" + patch.text() + "')");
        }
        return ofMap(patch);
    }

    static Directive ofMapLeniently(Node patch) {
        Node value = patch.get(KEY);
        return value == null || !List.of("delete", "replace", "merge").contains(value.text()) ? MERGE : ofMap(patch);
    }

    private static Directive ofMap(Node patch) {
        Node value = patch.get(KEY);
        if (value == null) {
            return MERGE;
        }
        Directive directive = parse(value.text());
        patch.remove(KEY);
        return directive;
    }

    private static Directive ofList(Node patch) {
        for (Node item : patch.items()) {
            Node value = item.isMap() ? item.get(KEY) : null;
            if (value == null) {
                continue;
            }
            if (item.size() > 1) {
                return MERGE;
            }
            Directive directive = parse(value.text());
            ListMerge.setElement(patch, null, List.of(KEY), List.of(value.text()));
            return directive;
        }
        return MERGE;
    }

    private static Directive parse(String text) {
        return switch (text) {
            case "merge" -> MERGE;
            case "replace" -> REPLACE;
            case "delete" -> DELETE;
            default -> throw new KustomizeException("unknown patch strategy '" + text + "'");
        };
    }
}
