package io.driftless.kustomize.build;

import io.driftless.kustomize.KustomizeException;
import io.driftless.kustomize.file.Decoder;
import io.driftless.kustomize.file.Entries;
import io.driftless.kustomize.model.DefaultConfig;
import io.driftless.kustomize.model.FieldSpec;
import io.driftless.kustomize.model.FieldSpecs;
import io.driftless.kustomize.model.Gvk;
import io.driftless.kustomize.model.TransformerConfig;
import io.driftless.kustomize.model.TransformerConfig.NameReference;
import io.driftless.kustomize.model.TransformerConfig.Set;
import io.driftless.kustomize.node.Node;
import io.driftless.kustomize.node.NodeReader;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// Reads the files of `configurations`.
final class ConfigFiles {
    private ConfigFiles() {}

    static TransformerConfig read(Loader loader, List<String> paths) {
        TransformerConfig result = TransformerConfig.EMPTY;
        for (String path : paths) {
            result = result.merge(read(loader, path));
        }
        return DefaultConfig.get().merge(result);
    }

    private static TransformerConfig read(Loader loader, String path) {
        Node node = NodeReader.firstOld(loader.text(path), loader.budget().limits());
        if (node == null || node.isNull()) {
            return TransformerConfig.EMPTY;
        }
        if (!node.isMap()) {
            throw new KustomizeException("error unmarshaling JSON: the configuration file '" + path + "' is not a map");
        }
        refuseRepeated(node);
        try {
            return decode(Decoder.converting(node, "TransformerConfig"));
        } catch (KustomizeException invalid) {
            throw invalid.within("error unmarshaling JSON: while decoding JSON of '" + path + "'");
        }
    }

    private static void refuseRepeated(Node node) {
        if (node.trouble() != null) {
            throw new KustomizeException("error converting YAML to JSON: yaml: unmarshal errors:\n  " + node.trouble());
        }
        node.items().forEach(ConfigFiles::refuseRepeated);
    }

    private static TransformerConfig decode(Decoder in) {
        Map<Set, List<FieldSpec>> sets = new EnumMap<>(Set.class);
        for (Set set : Set.values()) {
            List<FieldSpec> specs = Entries.fieldSpecs(in, set.key());
            if (!specs.isEmpty()) {
                sets.put(set, FieldSpecs.sorted(specs));
            }
        }
        List<NameReference> names = new ArrayList<>(in.objects("nameReference", "NameBackReferences", one -> {
            Gvk target = Entries.gvk(one);
            NameReference reference = new NameReference(target, Entries.fieldSpecs(one, "fieldSpecs"));
            one.done();
            return reference;
        }));
        in.done();
        names.sort((a, b) -> io.driftless.kustomize.model.KindOrder.DEFAULT.compare(a.target(), b.target()));
        return new TransformerConfig(sets, names);
    }
}
