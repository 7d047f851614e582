package io.driftless.kustomize.build;

import io.driftless.kustomize.KustomizeException;
import io.driftless.kustomize.file.Decoder;
import io.driftless.kustomize.file.Replacement;
import io.driftless.kustomize.node.Node;
import io.driftless.kustomize.node.NodeReader;
import io.driftless.kustomize.transform.Replacements;
import io.driftless.kustomize.transform.Transformer;
import java.util.ArrayList;
import java.util.List;

/// Resolves the replacements that stand in files of their own.
final class ReplacementEntries {
    private ReplacementEntries() {}

    static Transformer of(List<Replacement> entries, Loader loader) {
        List<Replacement> all = new ArrayList<>();
        for (Replacement entry : entries) {
            if (entry.path().isEmpty()) {
                all.add(entry);
            } else if (entry.source() != null || !entry.targets().isEmpty()) {
                throw new KustomizeException("cannot specify both path and inline replacement");
            } else {
                file(entry.path(), loader, all);
            }
        }
        return new Replacements(all);
    }

    private static void file(String path, Loader loader, List<Replacement> into) {
        Node node = NodeReader.firstOld(loader.text(path), loader.budget().limits());
        if (node != null && node.isList()) {
            for (Node item : node.items()) {
                into.add(Replacement.of(Decoder.lenient(item, "Replacement")));
            }
        } else if (node != null && node.isMap()) {
            into.add(Replacement.of(Decoder.lenient(node, "Replacement")));
        } else {
            throw new KustomizeException("unsupported replacement type encountered within replacement path: "
                    + (node == null || node.isNull() ? "invalid" : "string"));
        }
    }
}
