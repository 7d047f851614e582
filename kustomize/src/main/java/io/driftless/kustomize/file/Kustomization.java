package io.driftless.kustomize.file;

import io.driftless.kustomize.KustomizeException;
import io.driftless.kustomize.file.Entries.Generator;
import io.driftless.kustomize.file.Entries.Image;
import io.driftless.kustomize.file.Entries.Label;
import io.driftless.kustomize.file.Entries.Options;
import io.driftless.kustomize.file.Entries.Patch;
import io.driftless.kustomize.file.Entries.Replica;
import io.driftless.kustomize.file.Entries.SortOptions;
import io.driftless.kustomize.file.Entries.Var;
import io.driftless.kustomize.node.Limits;
import io.driftless.kustomize.node.Node;
import io.driftless.kustomize.node.NodeReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A kustomization file with its legacy spellings folded into the fields that replaced them.
public record Kustomization(
        String kind,
        Map<String, String> openapi,
        String namePrefix,
        String nameSuffix,
        String namespace,
        Map<String, String> commonLabels,
        List<Label> labels,
        Map<String, String> commonAnnotations,
        List<String> patchesStrategicMerge,
        List<Patch> patchesJson6902,
        List<Patch> patches,
        List<Image> images,
        List<Replacement> replacements,
        List<Replica> replicas,
        List<Var> vars,
        @Nullable SortOptions sortOptions,
        List<String> resources,
        List<String> components,
        List<String> crds,
        List<Generator> configMaps,
        List<Generator> secrets,
        HelmEntries helm,
        Options generatorOptions,
        List<String> configurations,
        List<String> generators,
        List<String> transformers,
        List<String> validators,
        List<String> buildMetadata,
        List<String> warnings) {

    public static final String VERSION = "kustomize.config.k8s.io/v1beta1";
    private static final String COMPONENT_VERSION = "kustomize.config.k8s.io/v1alpha1";

    public boolean isComponent() {
        return kind.equals("Component");
    }

    /// Reads a kustomization file; `root` names its directory in messages.
    public static Kustomization read(String text, String root, Limits limits) {
        try {
            Node node = NodeReader.firstOld(text, limits);
            if (node == null || node.isNull()) {
                throw new KustomizeException("kustomization.yaml is empty");
            }
            if (!node.isMap()) {
                throw new KustomizeException("invalid Kustomization: json: cannot unmarshal "
                        + (node.isList() ? "array" : "string") + " into Go value of type types.Kustomization");
            }
            return decode(node, root);
        } catch (io.driftless.kustomize.node.MalformedYaml invalid) {
            throw invalid.within("invalid Kustomization");
        }
    }

    private static Kustomization decode(Node node, String root) {
        Decoder in = Decoder.strict(node, "Kustomization");
        String kind;
        String version;
        try {
            kind = in.string("kind");
            version = in.string("apiVersion");
        } catch (KustomizeException invalid) {
            throw new KustomizeException("invalid Kustomization: "
                    + String.valueOf(invalid.getMessage()).replace("Kustomization.", "Kustomization.TypeMeta."));
        }
        if (isEmpty(node)) {
            throw new KustomizeException("kustomization.yaml is empty");
        }
        Kustomization result;
        try {
            in.object("metadata", "types.ObjectMeta", Kustomization::checkMetadata);
            List<String> warnings = warnings(in);
            List<String> resources = both(in.strings("resources"), in.strings("bases"));
            List<Image> images = both(
                    in.objects("images", "types.Image", Image::of), in.objects("imageTags", "types.Image", Image::of));
            Options options = in.object("generatorOptions", "types.GeneratorOptions", Options::of);
            result = new Kustomization(
                    kind.isEmpty() ? "Kustomization" : kind,
                    in.stringMap("openapi"),
                    in.string("namePrefix"),
                    in.string("nameSuffix"),
                    in.string("namespace"),
                    in.stringMap("commonLabels"),
                    in.objects("labels", "types.Label", Label::of),
                    in.stringMap("commonAnnotations"),
                    in.strings("patchesStrategicMerge"),
                    in.objects("patchesJson6902", "types.Patch", Patch::of),
                    in.objects("patches", "types.Patch", Patch::of),
                    images,
                    in.objects("replacements", "types.ReplacementField", Replacement::of),
                    in.objects("replicas", "types.Replica", Replica::of),
                    in.objects("vars", "types.Var", Var::of),
                    in.object("sortOptions", "types.SortOptions", SortOptions::of),
                    resources,
                    in.strings("components"),
                    in.strings("crds"),
                    in.objects("configMapGenerator", "types.ConfigMapArgs", one -> Generator.of(one, false)),
                    in.objects("secretGenerator", "types.SecretArgs", one -> Generator.of(one, true)),
                    HelmEntries.of(in),
                    options == null ? Options.NONE : options,
                    in.strings("configurations"),
                    in.strings("generators"),
                    in.strings("transformers"),
                    in.strings("validators"),
                    in.strings("buildMetadata"),
                    warnings);
            in.done();
        } catch (KustomizeException invalid) {
            throw invalid.within("invalid Kustomization");
        }
        result.check(version, root);
        return result;
    }

    private void check(String version, String root) {
        List<String> errors = new ArrayList<>();
        if (!kind.equals("Kustomization") && !kind.equals("Component")) {
            errors.add("kind should be Kustomization or Component");
        }
        String required = isComponent() ? COMPONENT_VERSION : VERSION;
        if (!version.isEmpty() && !version.equals(required)) {
            errors.add("apiVersion for " + kind + " should be " + required);
        }
        if (!errors.isEmpty()) {
            throw new KustomizeException(
                    "Failed to read kustomization file under " + root + ":\n" + String.join("\n", errors));
        }
    }

    private static boolean isEmpty(Node node) {
        for (int i = 0; i < node.size(); i++) {
            String key = node.key(i).toLowerCase(java.util.Locale.ROOT);
            boolean typed = key.equals("kind") || key.equals("apiversion");
            if (!typed
                    && !node.item(i).isNull()
                    && !(node.item(i).isScalar() && node.item(i).text().isEmpty())) {
                return false;
            }
            if (!typed && !KNOWN.contains(key)) {
                return false;
            }
        }
        return true;
    }

    private static final java.util.Set<String> KNOWN = java.util.Set.of(
            "metadata",
            "openapi",
            "nameprefix",
            "namesuffix",
            "namespace",
            "commonlabels",
            "labels",
            "commonannotations",
            "patchesstrategicmerge",
            "patchesjson6902",
            "patches",
            "images",
            "imagetags",
            "replacements",
            "replicas",
            "vars",
            "sortoptions",
            "resources",
            "components",
            "crds",
            "bases",
            "configmapgenerator",
            "secretgenerator",
            "helmglobals",
            "helmcharts",
            "helmchartinflationgenerator",
            "generatoroptions",
            "configurations",
            "generators",
            "transformers",
            "validators",
            "buildmetadata");

    private static boolean checkMetadata(Decoder in) {
        in.string("name");
        in.string("namespace");
        in.stringMap("labels");
        in.stringMap("annotations");
        in.done();
        return true;
    }

    private static List<String> warnings(Decoder in) {
        List<String> warnings = new ArrayList<>();
        warn(in, warnings, "bases", "resources");
        warn(in, warnings, "commonLabels", "labels");
        warn(in, warnings, "imageTags", "images");
        warn(in, warnings, "patchesJson6902", "patches");
        warn(in, warnings, "patchesStrategicMerge", "patches");
        if (in.has("vars")) {
            warnings.add("# Warning: 'vars' is deprecated. Please use 'replacements' instead."
                    + " [EXPERIMENTAL] Run 'kustomize edit fix' to update your Kustomization automatically.");
        }
        return warnings;
    }

    private static void warn(Decoder in, List<String> warnings, String old, String now) {
        if (in.has(old)) {
            warnings.add("# Warning: '" + old + "' is deprecated. Please use '" + now + "' instead."
                    + " Run 'kustomize edit fix' to update your Kustomization automatically.");
        }
    }

    private static <T> List<T> both(List<T> first, List<T> second) {
        if (second.isEmpty()) {
            return first;
        }
        List<T> result = new ArrayList<>(first);
        result.addAll(second);
        return result;
    }
}
