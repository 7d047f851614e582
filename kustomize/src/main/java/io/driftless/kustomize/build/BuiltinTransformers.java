package io.driftless.kustomize.build;

import io.driftless.kustomize.KustomizeException;
import io.driftless.kustomize.file.Decoder;
import io.driftless.kustomize.file.Entries;
import io.driftless.kustomize.file.Entries.Image;
import io.driftless.kustomize.file.Entries.Patch;
import io.driftless.kustomize.file.Entries.Replica;
import io.driftless.kustomize.file.Replacement;
import io.driftless.kustomize.model.FieldSpec;
import io.driftless.kustomize.model.Resource;
import io.driftless.kustomize.model.Selector;
import io.driftless.kustomize.node.Node;
import io.driftless.kustomize.node.NodeReader;
import io.driftless.kustomize.patch.Schemas;
import io.driftless.kustomize.transform.Affix;
import io.driftless.kustomize.transform.HashSuffix;
import io.driftless.kustomize.transform.ImageChange;
import io.driftless.kustomize.transform.Metadata;
import io.driftless.kustomize.transform.NamespaceChange;
import io.driftless.kustomize.transform.ReplicaChange;
import io.driftless.kustomize.transform.Transformer;
import io.driftless.kustomize.transform.ValueAdd;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The transformers that come with the reference, each made of the object that configures it.
record BuiltinTransformers(Loader loader, ResourceReader reader, Schemas schemas) {
    static boolean isOne(String kind) {
        return kind.endsWith("Transformer") && !kind.equals("SortOrderTransformer");
    }

    Transformer make(Resource config, Decoder in) {
        return switch (config.kind()) {
            case "AnnotationsTransformer" -> new Metadata(in.stringMap("annotations"), specs(in));
            case "LabelTransformer" -> new Metadata(in.stringMap("labels"), specs(in));
            case "HashTransformer" -> new HashSuffix();
            case "ImageTagTransformer" -> {
                Image image = in.object("imageTag", "types.Image", Image::of);
                yield new ImageChange(image == null ? new Image("", "", "", "", "") : image, specs(in));
            }
            case "NamespaceTransformer" -> namespace(in);
            case "PrefixTransformer" -> {
                Affix.requireSpecs(in.has("fieldSpecs"));
                yield Affix.prefix(in.string("prefix"), specs(in));
            }
            case "SuffixTransformer" -> {
                Affix.requireSpecs(in.has("fieldSpecs"));
                yield Affix.suffix(in.string("suffix"), specs(in));
            }
            case "PrefixSuffixTransformer" -> {
                Affix.requireSpecs(in.has("fieldSpecs"));
                List<FieldSpec> specs = specs(in);
                Affix prefix = Affix.prefix(in.string("prefix"), specs);
                Affix suffix = Affix.suffix(in.string("suffix"), specs);
                yield map -> {
                    prefix.transform(map);
                    suffix.transform(map);
                };
            }
            case "PatchJson6902Transformer" ->
                new PatchEntries(loader, reader, schemas)
                        .legacyJson(
                                in.string("path"),
                                in.string("jsonOp"),
                                in.object("target", "types.Selector", Entries::selector));
            case "PatchStrategicMergeTransformer" ->
                new PatchEntries(loader, reader, schemas).legacyStrategic(in.strings("paths"), in.string("patches"));
            case "PatchTransformer" -> new PatchEntries(loader, reader, schemas).patch(patch(in));
            case "ReplicaCountTransformer" -> {
                Replica replica = in.object("replica", "types.Replica", Replica::of);
                yield new ReplicaChange(replica == null ? new Replica("", 0) : replica, specs(in));
            }
            case "ReplacementTransformer" ->
                ReplacementEntries.of(in.objects("replacements", "types.ReplacementField", Replacement::of), loader);
            case "ValueAddTransformer" -> valueAdd(in);
            case "ConfigMapGenerator", "SecretGenerator", "IAMPolicyGenerator", "HelmChartInflationGenerator" ->
                throw new KustomizeException("plugin " + config.originalId() + " not a transformer");
            default -> throw new Plugins.Unknown(config);
        };
    }

    private static Patch patch(Decoder in) {
        Selector target = in.object("target", "types.Selector", Entries::selector);
        boolean[] options = in.object("options", "types.PatchArgs", one ->
                new boolean[] {one.flag("allowNameChange"), one.flag("allowKindChange")});
        return new Patch(
                in.string("path"),
                in.string("patch"),
                target,
                options != null && options[0],
                options != null && options[1]);
    }

    private static List<FieldSpec> specs(Decoder in) {
        return Entries.fieldSpecs(in, "fieldSpecs");
    }

    private static Transformer namespace(Decoder in) {
        String[] metadata = Plugins.metadata(in);
        return new NamespaceChange(
                metadata[1],
                specs(in),
                in.flag("unsetOnly"),
                NamespaceChange.Subjects.parse(in.string("setRoleBindingSubjects")));
    }

    private Transformer valueAdd(Decoder in) {
        String value = in.string("value").strip();
        List<ValueAdd.Target> targets = new ArrayList<>(targets(in));
        String path = in.string("targetFilePath");
        if (!path.isEmpty()) {
            Node node = NodeReader.firstOld(loader.text(path), loader.budget().limits());
            if (node != null && node.isMap()) {
                targets.addAll(targets(Decoder.lenient(node, "Targets")));
            }
        }
        if (targets.isEmpty()) {
            throw new KustomizeException("must specify at least one target");
        }
        for (ValueAdd.Target target : targets) {
            if (target.fieldPath().isEmpty()) {
                throw new KustomizeException("fieldPath cannot be empty");
            }
            if (target.position() < 0) {
                throw new KustomizeException(
                        "value of FilePathPosition (" + target.position() + ") cannot be negative");
            }
        }
        return new ValueAdd(value.isEmpty() ? TreePath.name(loader.path()) : value, targets);
    }

    private static List<ValueAdd.Target> targets(Decoder in) {
        return in.objects("targets", "Target", one -> {
            @Nullable Selector selector = one.object("selector", "types.Selector", Entries::selector);
            return new ValueAdd.Target(selector, one.string("fieldPath"), one.number("filePathPosition"));
        });
    }
}
