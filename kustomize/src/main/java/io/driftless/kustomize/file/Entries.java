package io.driftless.kustomize.file;

import io.driftless.kustomize.model.FieldSpec;
import io.driftless.kustomize.model.Gvk;
import io.driftless.kustomize.model.ResId;
import io.driftless.kustomize.model.Selector;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The entries of a kustomization's fields as values. Plugin configurations of the same transformers reuse them.
public final class Entries {
    private Entries() {}

    public record Label(Map<String, String> pairs, boolean selectors, boolean templates, List<FieldSpec> fields) {
        static Label of(Decoder in) {
            Label label = new Label(
                    in.stringMap("pairs"),
                    in.flag("includeSelectors"),
                    in.flag("includeTemplates"),
                    fieldSpecs(in, "fields"));
            in.done();
            return label;
        }
    }

    public record Image(String name, String newName, String tagSuffix, String newTag, String digest) {
        public static Image of(Decoder in) {
            Image image = new Image(
                    in.string("name"),
                    in.string("newName"),
                    in.string("tagSuffix"),
                    in.string("newTag"),
                    in.string("digest"));
            in.done();
            return image;
        }
    }

    public record Replica(String name, long count) {
        public static Replica of(Decoder in) {
            Replica replica = new Replica(in.string("name"), in.number("count"));
            in.done();
            return replica;
        }
    }

    /// A patch in any of its spellings.
    public record Patch(String path, String patch, @Nullable Selector target, boolean nameChange, boolean kindChange) {
        static Patch of(Decoder in) {
            Selector target = in.object("target", "types.Selector", Entries::selector);
            boolean[] options = in.object("options", "types.PatchArgs", options1 -> {
                boolean[] flags = {options1.flag("allowNameChange"), options1.flag("allowKindChange")};
                options1.done();
                return flags;
            });
            Patch patch = new Patch(
                    in.string("path"),
                    in.string("patch"),
                    target,
                    options != null && options[0],
                    options != null && options[1]);
            in.done();
            return patch;
        }
    }

    /// Labels, annotations and switches of a generated object.
    public record Options(
            Map<String, String> labels, Map<String, String> annotations, boolean disableHash, boolean immutable) {
        public static final Options NONE = new Options(Map.of(), Map.of(), false, false);

        static Options of(Decoder in) {
            Options options = new Options(
                    in.stringMap("labels"),
                    in.stringMap("annotations"),
                    in.flag("disableNameSuffixHash"),
                    in.flag("immutable"));
            in.done();
            return options;
        }

        /// These options with what `global` adds.
        public Options with(Options global) {
            return new Options(
                    union(global.labels, labels),
                    union(global.annotations, annotations),
                    disableHash || global.disableHash,
                    immutable || global.immutable);
        }

        private static Map<String, String> union(Map<String, String> weak, Map<String, String> strong) {
            Map<String, String> result = new LinkedHashMap<>(weak);
            result.putAll(strong);
            return result;
        }
    }

    /// A configMapGenerator or secretGenerator entry; `type` is for secrets.
    public record Generator(
            String name,
            String namespace,
            String behavior,
            List<String> envs,
            List<String> literals,
            List<String> files,
            String type,
            Options options) {
        public static Generator of(Decoder in, boolean secret) {
            List<String> envs = new ArrayList<>(in.strings("envs"));
            String env = in.string("env");
            if (!env.isEmpty()) {
                envs.add(env);
            }
            Options options = in.object("options", "types.GeneratorOptions", Options::of);
            Generator generator = new Generator(
                    in.string("name"),
                    in.string("namespace"),
                    in.string("behavior"),
                    envs,
                    in.strings("literals"),
                    in.strings("files"),
                    secret ? in.string("type") : "",
                    options == null ? Options.NONE : options);
            in.done();
            return generator;
        }
    }

    public record Var(String name, Gvk gvk, String target, String namespace, String fieldPath) {
        static Var of(Decoder in) {
            String name = in.string("name");
            Var var = in.object("objref", "types.Target", ref -> {
                Gvk gvk = Entries.gvk(ref);
                String apiVersion = ref.string("apiVersion");
                if (!apiVersion.isEmpty()) {
                    String[] parts = apiVersion.split("/", -1);
                    gvk = parts.length == 2
                            ? new Gvk(parts[0], parts[1], gvk.kind())
                            : parts.length == 1 ? new Gvk(gvk.group(), parts[0], gvk.kind()) : gvk;
                }
                Var found = new Var(name, gvk, ref.string("name"), ref.string("namespace"), "");
                ref.done();
                return found;
            });
            String path = in.object("fieldref", "types.FieldSelector", ref -> {
                String fieldPath = ref.string("fieldPath");
                ref.done();
                return fieldPath;
            });
            in.done();
            Var base = var == null ? new Var(name, Gvk.ANY, "", "", "") : var;
            return new Var(
                    name,
                    base.gvk,
                    base.target,
                    base.namespace,
                    path == null || path.isEmpty() ? "metadata.name" : path);
        }
    }

    public record SortOptions(String order, boolean hasLegacy, List<String> first, List<String> last) {
        static SortOptions of(Decoder in) {
            String order = in.string("order");
            SortOptions legacy = in.object("legacySortOptions", "types.LegacySortOptions", options -> {
                SortOptions found =
                        new SortOptions(order, true, options.strings("orderFirst"), options.strings("orderLast"));
                options.done();
                return found;
            });
            in.done();
            return legacy == null ? new SortOptions(order, false, List.of(), List.of()) : legacy;
        }
    }

    public static Gvk gvk(Decoder in) {
        return new Gvk(in.strictString("group"), in.strictString("version"), in.strictString("kind"));
    }

    public static ResId id(Decoder in) {
        return new ResId(gvk(in), in.string("name"), in.string("namespace"), false);
    }

    public static Selector selector(Decoder in) {
        ResId id = Entries.id(in);
        Selector selector = new Selector(
                id.gvk(), id.name(), id.namespace(), in.string("annotationSelector"), in.string("labelSelector"));
        in.done();
        return selector;
    }

    public static FieldSpec fieldSpec(Decoder in) {
        FieldSpec spec = new FieldSpec(gvk(in), in.string("path"), in.flag("create"));
        in.done();
        return spec;
    }

    public static List<FieldSpec> fieldSpecs(Decoder in, String name) {
        return in.objects(name, "types.FieldSpec", Entries::fieldSpec);
    }
}
