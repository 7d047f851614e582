package io.driftless.cli.kustomize;

import io.driftless.kustomize.KustomizeException;
import io.driftless.kustomize.node.Node;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `edit set|remove configmap|secret NAME`
abstract class EditGenerator extends ListVerb {
    final String word;

    @Option(names = "--namespace", defaultValue = "", description = "Namespace of the object.")
    private String namespace = "";

    EditGenerator(String field, String word) {
        super(field);
        this.word = word;
    }

    /// The entry of an object; no namespace and `default` are the same.
    static @Nullable Node find(Node generators, String name, String namespace) {
        for (Node generator : generators.items()) {
            if (text(generator, "name").equals(name)
                    && space(text(generator, "namespace")).equals(space(namespace))) {
                return generator;
            }
        }
        return null;
    }

    private static String space(String namespace) {
        return namespace.isEmpty() ? "default" : namespace;
    }

    final void remove(Node generators) {
        List<String> missing = new ArrayList<>();
        for (String name : separated()) {
            Node found = find(generators, name, namespace);
            if (found == null) {
                missing.add(name);
            } else {
                removeIf(generators, one -> one == found);
            }
        }
        require(
                missing.size() < separated().size(),
                "no specified " + word + "(s) were found in the kustomization.yaml file");
        missing.forEach(name -> note(word + " " + name + " doesn't exist in kustomization file"));
    }

    /// `edit set`: other values for keys that are there.
    abstract static class Setting extends EditGenerator {
        private final String title;

        @Option(names = "--from-literal", description = "KEY=VALUE of a key that is there; repeatable.")
        private List<String> literals = List.of();

        @Option(names = "--new-namespace", defaultValue = "", description = "Another namespace for the object.")
        private String newNamespace = "";

        Setting(String field, String word, String title) {
            super(field, word);
            this.title = title;
        }

        @Override
        void check() {
            require(arguments().size() == 1, "failed to validate flags: name must be specified once");
            require(
                    !literals.isEmpty() || !newNamespace.isEmpty(),
                    "failed to validate flags: at least one of [--from-literal, --new-namespace] must be specified");
        }

        @Override
        void change(Node list) {
            String failed = "failed to create " + word + ": ";
            Node generator = find(list, arguments().getFirst(), super.namespace);
            if (generator == null) {
                throw new KustomizeException(failed + "could not set new " + title + " value: unable to find " + title
                        + " with name \"" + arguments().getFirst() + "\"");
            }
            literals.forEach(literal -> set(list(generator, "literals"), literal, failed));
            if (!newNamespace.isEmpty()) {
                put(generator, "namespace", newNamespace);
            }
        }

        private void set(Node list, String literal, String failed) {
            int equals = literal.indexOf('=');
            require(
                    equals > 0,
                    failed + "failed to update literal sources: failed to update resource: invalid format: literal"
                            + " values must be specified in the key=value format");
            String start = literal.substring(0, equals + 1);
            for (int i = 0; i < list.size(); i++) {
                if (list.item(i).text().startsWith(start)) {
                    list.set(i, Node.text(literal));
                    return;
                }
            }
            throw new KustomizeException(failed + "failed to update literal sources: key '"
                    + literal.substring(0, equals) + "' not found in resource");
        }
    }

    /// `edit remove`
    abstract static class Removal extends EditGenerator {
        Removal(String field, String word) {
            super(field, word);
        }

        @Override
        void check() {
            require(!arguments().isEmpty(), "at least one " + word + " name must be specified");
        }

        @Override
        void change(Node list) {
            remove(list);
        }
    }

    @Command(name = "configmap", mixinStandardHelpOptions = true, description = "Set literals of a configMapGenerator.")
    static final class SetConfigMap extends Setting {
        SetConfigMap() {
            super("configMapGenerator", "configmap", "ConfigMap");
        }
    }

    @Command(name = "secret", mixinStandardHelpOptions = true, description = "Set literals of a secretGenerator.")
    static final class SetSecret extends Setting {
        SetSecret() {
            super("secretGenerator", "secret", "Secret");
        }
    }

    @Command(name = "configmap", mixinStandardHelpOptions = true, description = "Remove from configMapGenerator.")
    static final class RemoveConfigMap extends Removal {
        RemoveConfigMap() {
            super("configMapGenerator", "configmap");
        }
    }

    @Command(name = "secret", mixinStandardHelpOptions = true, description = "Remove from secretGenerator.")
    static final class RemoveSecret extends Removal {
        RemoveSecret() {
            super("secretGenerator", "secret");
        }
    }
}
