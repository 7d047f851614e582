package io.driftless.kustomize.build;

import io.driftless.kustomize.KustomizeException;
import io.driftless.kustomize.file.Entries.Image;
import io.driftless.kustomize.file.Entries.Label;
import io.driftless.kustomize.file.Entries.Patch;
import io.driftless.kustomize.file.Entries.Replica;
import io.driftless.kustomize.file.Kustomization;
import io.driftless.kustomize.model.FieldSpec;
import io.driftless.kustomize.model.FieldSpecs;
import io.driftless.kustomize.model.Gvk;
import io.driftless.kustomize.model.TransformerConfig;
import io.driftless.kustomize.model.TransformerConfig.Set;
import io.driftless.kustomize.patch.Schemas;
import io.driftless.kustomize.transform.Affix;
import io.driftless.kustomize.transform.ImageChange;
import io.driftless.kustomize.transform.Metadata;
import io.driftless.kustomize.transform.NamespaceChange;
import io.driftless.kustomize.transform.ReplicaChange;
import io.driftless.kustomize.transform.Transformer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The transformers that the fields of a kustomization stand for, in the order in which they run.
final class Transformers {
    private static final FieldSpec METADATA_LABELS = new FieldSpec(Gvk.ANY, "metadata/labels", true);

    private final Kustomization file;
    private final TransformerConfig config;
    private final Loader loader;
    private final ResourceReader reader;
    private final Schemas schemas;
    private final List<Step> steps = new ArrayList<>();

    Transformers(Kustomization file, TransformerConfig config, Loader loader, ResourceReader reader, Schemas schemas) {
        this.file = file;
        this.config = config;
        this.loader = loader;
        this.reader = reader;
        this.schemas = schemas;
    }

    /// `origin` makes what is noted about a built-in transformer.
    List<Step> all(Function<String, @Nullable Origin> origin) {
        PatchEntries patches = new PatchEntries(loader, reader, schemas);
        if (!file.patchesStrategicMerge().isEmpty()) {
            add(
                    "PatchStrategicMergeTransformer",
                    origin,
                    () -> patches.legacyStrategic(file.patchesStrategicMerge(), ""));
        }
        for (Patch patch : file.patches()) {
            add("PatchTransformer", origin, () -> patches.patch(patch));
        }
        if (!file.namespace().isEmpty()) {
            add(
                    "NamespaceTransformer",
                    origin,
                    () -> new NamespaceChange(
                            file.namespace(), config.get(Set.NAMESPACE), false, NamespaceChange.Subjects.DEFAULT_ONLY));
        }
        if (!file.namePrefix().isEmpty()) {
            add("PrefixTransformer", origin, () -> Affix.prefix(file.namePrefix(), config.get(Set.NAME_PREFIX)));
        }
        if (!file.nameSuffix().isEmpty()) {
            add("SuffixTransformer", origin, () -> Affix.suffix(file.nameSuffix(), config.get(Set.NAME_SUFFIX)));
        }
        labels(origin);
        if (!file.commonAnnotations().isEmpty()) {
            add(
                    "AnnotationsTransformer",
                    origin,
                    () -> new Metadata(file.commonAnnotations(), config.get(Set.COMMON_ANNOTATIONS)));
        }
        for (Patch patch : file.patchesJson6902()) {
            add(
                    "PatchJson6902Transformer",
                    origin,
                    () -> patches.legacyJson(patch.path(), patch.patch(), patch.target()));
        }
        for (Replica replica : file.replicas()) {
            add("ReplicaCountTransformer", origin, () -> new ReplicaChange(replica, config.get(Set.REPLICAS)));
        }
        for (Image image : file.images()) {
            add("ImageTagTransformer", origin, () -> new ImageChange(image, config.get(Set.IMAGES)));
        }
        if (!file.replacements().isEmpty()) {
            add("ReplacementTransformer", origin, () -> ReplacementEntries.of(file.replacements(), loader));
        }
        return steps;
    }

    private void add(String kind, Function<String, @Nullable Origin> origin, Supplier<Transformer> make) {
        try {
            steps.add(new Step(make.get(), origin.apply(kind)));
        } catch (Budget.Exceeded exceeded) {
            throw exceeded;
        } catch (KustomizeException failed) {
            throw failed.within("trouble configuring builtin " + kind);
        }
    }

    private void labels(Function<String, @Nullable Origin> origin) {
        if (file.labels().isEmpty() && file.commonLabels().isEmpty()) {
            return;
        }
        for (Label label : file.labels()) {
            add("LabelTransformer", origin, () -> new Metadata(label.pairs(), specs(label)));
        }
        add("LabelTransformer", origin, () -> new Metadata(file.commonLabels(), config.get(Set.COMMON_LABELS)));
    }

    private List<FieldSpec> specs(Label label) {
        try {
            List<FieldSpec> specs = FieldSpecs.merge(label.fields(), config.get(Set.LABELS));
            if (label.selectors()) {
                return FieldSpecs.merge(specs, config.get(Set.COMMON_LABELS));
            }
            if (label.templates()) {
                specs = FieldSpecs.merge(specs, config.get(Set.TEMPLATE_LABELS));
            }
            return FieldSpecs.merge(specs, List.of(METADATA_LABELS));
        } catch (KustomizeException conflict) {
            throw conflict.within("failed to merge labels");
        }
    }
}
