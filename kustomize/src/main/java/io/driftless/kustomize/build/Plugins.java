package io.driftless.kustomize.build;

import io.driftless.kustomize.KustomizeException;
import io.driftless.kustomize.file.Decoder;
import io.driftless.kustomize.file.Entries;
import io.driftless.kustomize.file.Entries.Generator;
import io.driftless.kustomize.file.Entries.Image;
import io.driftless.kustomize.file.Entries.Patch;
import io.driftless.kustomize.file.Entries.Replacement;
import io.driftless.kustomize.file.Entries.Replica;
import io.driftless.kustomize.file.HelmEntries.HelmChart;
import io.driftless.kustomize.model.FieldSpec;
import io.driftless.kustomize.model.Resource;
import io.driftless.kustomize.model.Selector;
import io.driftless.kustomize.node.Node;
import io.driftless.kustomize.node.NodeReader;
import io.driftless.kustomize.node.Plain;
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

/// Makes generators and transformers of the objects that configure them. Only the built-in ones exist: functions,
/// programs and Go plugins are refused.
final class Plugins {
    private final Loader loader;
    private final ResourceReader reader;
    private final Schemas schemas;
    private final Charts charts;

    Plugins(Loader loader, ResourceReader reader, Schemas schemas, Charts charts) {
        this.loader = loader;
        this.reader = reader;
        this.schemas = schemas;
        this.charts = charts;
    }

    /// What the generator that `config` configures makes.
    List<Resource> generate(Resource config) {
        try {
            requireBuiltin(config);
            return configured(config, () -> generator(config));
        } catch (Budget.Exceeded exceeded) {
            throw exceeded;
        } catch (KustomizeException failed) {
            throw failed.within("failed to load generator").within("loading generator plugins");
        }
    }

    Transformer transformer(Resource config) {
        requireBuiltin(config);
        return configured(config, () -> transformer(config, decoder(config)));
    }

    private static void requireBuiltin(Resource config) {
        if (!config.gvk().group().isEmpty() || !config.gvk().version().equals("builtin")) {
            throw new KustomizeException("external plugins disabled; unable to load external plugin '"
                    + config.originalId().gvk().kind() + "'");
        }
    }

    private interface Made<T> {
        T get();
    }

    private static <T> T configured(Resource config, Made<T> plugin) {
        try {
            return plugin.get();
        } catch (Unknown | Budget.Exceeded failed) {
            throw failed;
        } catch (KustomizeException failed) {
            throw failed.within("plugin " + config.originalId() + " fails configuration");
        }
    }

    private static final class Unknown extends KustomizeException {
        private static final long serialVersionUID = 1;

        Unknown(Resource config) {
            super("unable to load builtin " + config.gvk());
        }
    }

    /// The configuration as the older reader sees it: the object is written and read again on its way to a plugin.
    private static Decoder decoder(Resource config) {
        return Decoder.lenient(Plain.exact(config.node()), config.kind());
    }

    private List<Resource> generator(Resource config) {
        Decoder in = decoder(config);
        return switch (config.kind()) {
            case "ConfigMapGenerator" -> List.of(Generated.make(named(in, false), false, loader, config.scopes()));
            case "SecretGenerator" -> List.of(Generated.make(named(in, true), true, loader, config.scopes()));
            case "IAMPolicyGenerator" -> policy(in);
            case "HelmChartInflationGenerator" -> {
                String home = in.string("chartHome");
                yield charts.inflate(HelmChart.of(in), home, loader, reader);
            }
            default -> {
                if (isTransformer(config.kind())) {
                    throw new Refused("plugin " + config.originalId() + " not a generator");
                }
                throw new Unknown(config);
            }
        };
    }

    private static final class Refused extends KustomizeException {
        private static final long serialVersionUID = 1;

        Refused(String message) {
            super(message);
        }
    }

    private static boolean isTransformer(String kind) {
        return kind.endsWith("Transformer") && !kind.equals("SortOrderTransformer");
    }

    /// Name and namespace of a generated object may stand in the metadata of its generator.
    private static Generator named(Decoder in, boolean secret) {
        String[] metadata = metadata(in);
        Generator entry = Generator.of(in, secret);
        return new Generator(
                entry.name().isEmpty() ? metadata[0] : entry.name(),
                entry.namespace().isEmpty() ? metadata[1] : entry.namespace(),
                entry.behavior(),
                entry.envs(),
                entry.literals(),
                entry.files(),
                entry.type(),
                entry.options());
    }

    private static String[] metadata(Decoder in) {
        String[] found = in.object(
                "metadata", "types.ObjectMeta", meta -> new String[] {meta.string("name"), meta.string("namespace")});
        return found == null ? new String[] {"", ""} : found;
    }

    private List<Resource> policy(Decoder in) {
        String cloud = in.string("cloud");
        if (!cloud.equals("gke")) {
            throw new KustomizeException("cloud provider " + cloud + " not supported yet");
        }
        String[] account = names(in, "serviceAccount");
        String[] kubernetes = names(in, "kubernetesService");
        Node annotations = Node.map();
        annotations.append(
                "iam.gke.io/gcp-service-account",
                Node.untyped(account[0] + "@" + account[2] + ".iam.gserviceaccount.com"));
        Node metadata = Node.map();
        metadata.append("annotations", annotations);
        metadata.append("name", Node.untyped(kubernetes[0]));
        if (!kubernetes[1].isEmpty()) {
            metadata.append("namespace", Node.untyped(kubernetes[1]));
        }
        Node node = Node.map();
        node.append("apiVersion", Node.untyped("v1"));
        node.append("kind", Node.untyped("ServiceAccount"));
        node.append("metadata", metadata);
        return List.of(new Resource(node, schemas));
    }

    private static String[] names(Decoder in, String field) {
        String[] found = in.object(field, "types.IAMPolicyGeneratorArgs", one ->
                new String[] {one.string("name"), one.string("namespace"), one.string("projectId")});
        return found == null ? new String[] {"", "", ""} : found;
    }

    private Transformer transformer(Resource config, Decoder in) {
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
                throw new Refused("plugin " + config.originalId() + " not a transformer");
            default -> throw new Unknown(config);
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
        String[] metadata = metadata(in);
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
