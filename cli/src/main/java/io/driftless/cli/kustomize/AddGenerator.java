package io.driftless.cli.kustomize;

import io.driftless.kustomize.DirectoryTree;
import io.driftless.kustomize.FileTree;
import io.driftless.kustomize.Kustomize;
import io.driftless.kustomize.KustomizeException;
import io.driftless.kustomize.node.Node;
import io.driftless.kustomize.node.Style;
import io.driftless.kustomize.node.Tag;
import io.driftless.kustomize.node.YamlText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `edit add configmap|secret NAME --from-literal=K=V|--from-file=…|--from-env-file=…`
abstract class AddGenerator extends ListVerb {
    private static final Pattern REASON =
            Pattern.compile("(loading KV pairs|configmap \\S+ illegally).*", Pattern.DOTALL);
    private final String word;

    @Option(names = "--from-literal", description = "KEY=VALUE; repeatable.")
    private List<String> literals = List.of();

    @Option(names = "--from-file", split = ",", description = "[KEY=]FILE; patterns work; repeatable.")
    private List<String> files = List.of();

    @Option(names = "--from-env-file", description = "File of KEY=VALUE lines.")
    private @Nullable String envFile;

    @Option(names = "--namespace", defaultValue = "", description = "Namespace of the object.")
    private String namespace = "";

    @Option(names = "--disableNameSuffixHash", description = "Leave the name as it is.")
    private boolean noHash;

    AddGenerator(String field, String word) {
        super(field);
        this.word = word;
    }

    @Override
    void check() {
        String invalid = "failed to validate flags: ";
        require(arguments().size() == 1, invalid + "name must be specified once");
        require(
                envFile == null || (literals.isEmpty() && files.isEmpty()),
                invalid + "from-env-file cannot be combined with from-file or from-literal");
        files = expanded();
        require(
                envFile != null || !literals.isEmpty() || !files.isEmpty(),
                invalid + "at least from-env-file, or from-file or from-literal must be set");
    }

    private List<String> expanded() {
        List<String> result = new ArrayList<>();
        for (String file : files) {
            int equals = file.indexOf('=');
            List<String> found = PathPattern.matches(directory(), file.substring(equals + 1));
            if (found.isEmpty()) {
                note(file.substring(equals + 1) + " has no match");
            }
            require(
                    equals < 0 || found.size() == 1,
                    "failed to expand file source: 'pattern '" + file + "' catches files [" + String.join(" ", found)
                            + "], should catch only one");
            found.forEach(path -> result.add(file.substring(0, equals + 1) + path));
        }
        return result;
    }

    @Override
    void change(Node generators) {
        Node generator = EditGenerator.find(generators, arguments().getFirst(), namespace);
        if (generator == null) {
            generator = Node.map();
            put(generator, "name", arguments().getFirst());
            put(generator, "namespace", namespace);
            generators.add(generator);
        }
        decorate(generator);
        append(generator, "literals", literals);
        append(generator, "files", files);
        append(generator, "envs", envFile == null ? List.of() : List.of(envFile));
        if (noHash) {
            options(generator).put("disableNameSuffixHash", Node.scalar("true", Tag.BOOL, Style.PLAIN));
        }
        verify(generator);
    }

    private static Node options(Node generator) {
        Node options = generator.get("options");
        if (options == null || options.isNull()) {
            options = Node.map();
            generator.put("options", options);
        }
        return options;
    }

    /// Sets what only one of the two kinds has.
    abstract void decorate(Node generator);

    private static void append(Node generator, String source, List<String> values) {
        if (!values.isEmpty()) {
            Node list = list(generator, source);
            values.forEach(value -> list.add(Node.text(value)));
        }
    }

    /// Builds the generator alone: a file that is missing or a key that is there twice is told now.
    private void verify(Node generator) {
        Node alone = generator.copy();
        alone.remove("behavior");
        Node file = Node.map();
        list(file, field()).add(alone);
        byte[] content = YamlText.print(file).getBytes(StandardCharsets.UTF_8);
        DirectoryTree tree = new DirectoryTree(directory());
        try {
            Kustomize.build(new OneFile(tree, content), "");
        } catch (KustomizeException failed) {
            Matcher reason = REASON.matcher(String.valueOf(failed.getMessage()));
            throw new KustomizeException(
                    "failed to create " + word + ": " + (reason.find() ? reason.group() : failed.getMessage()), failed);
        }
    }

    /// A directory with another kustomization file.
    private record OneFile(FileTree tree, byte[] content) implements FileTree {
        private static final String NAME = "kustomization.yaml";
        private static final List<String> OTHERS = List.of("kustomization.yml", "Kustomization");

        @Override
        public Entry look(String path) {
            return path.equals(NAME) ? Entry.FILE : OTHERS.contains(path) ? Entry.MISSING : tree.look(path);
        }

        @Override
        public byte[] read(String path) {
            return path.equals(NAME) ? content : tree.read(path);
        }

        @Override
        public @Nullable String resolve(String path) {
            return path.equals(NAME) ? path : OTHERS.contains(path) ? null : tree.resolve(path);
        }

        @Override
        public String display(String path) {
            return tree.display(path);
        }
    }

    @Command(name = "configmap", mixinStandardHelpOptions = true, description = "Add a configMapGenerator: NAME.")
    static final class ConfigMap extends AddGenerator {
        @Option(names = "--behavior", defaultValue = "", description = "create, merge or replace.")
        private String behavior = "";

        ConfigMap() {
            super("configMapGenerator", "configmap");
        }

        @Override
        void check() {
            super.check();
            require(
                    List.of("", "create", "merge", "replace").contains(behavior),
                    "failed to validate flags: invalid behavior: must be one of \"create\", \"merge\", or \"replace\"");
        }

        @Override
        void decorate(Node generator) {
            if (!behavior.isEmpty()) {
                put(generator, "behavior", behavior);
            }
        }
    }

    @Command(name = "secret", mixinStandardHelpOptions = true, description = "Add a secretGenerator: NAME.")
    static final class Secret extends AddGenerator {
        @Option(names = "--type", defaultValue = "Opaque", description = "Type of the Secret.")
        private String type = "Opaque";

        Secret() {
            super("secretGenerator", "secret");
        }

        @Override
        void decorate(Node generator) {
            if (!generator.has("type")) {
                put(generator, "type", type);
            }
        }
    }
}
