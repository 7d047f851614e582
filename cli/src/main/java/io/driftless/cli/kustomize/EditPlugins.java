package io.driftless.cli.kustomize;

import io.driftless.kustomize.node.Node;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;

/// `edit add transformer|generator|base PATH …`, `edit remove transformer PATTERN …`
abstract class EditPlugins extends ListVerb {
    private final String word;

    EditPlugins(String field, String word) {
        super(field);
        this.word = word;
    }

    @Override
    void check() {
        require(!arguments().isEmpty(), "must specify a " + word + " file");
    }

    final void add(Node list) {
        for (String pattern : arguments()) {
            List<String> found = PathPattern.matches(directory(), pattern);
            if (found.isEmpty()) {
                note(pattern + " has no match");
            }
            for (String path : found) {
                if (contains(list, path)) {
                    note(word + " " + path + " already in kustomization file");
                } else {
                    list.add(Node.text(path));
                }
            }
        }
    }

    @Command(name = "transformer", mixinStandardHelpOptions = true, description = "Add files to transformers.")
    static final class AddTransformer extends EditPlugins {
        AddTransformer() {
            super("transformers", "transformer");
        }

        @Override
        void change(Node list) {
            add(list);
        }
    }

    @Command(name = "generator", mixinStandardHelpOptions = true, description = "Add files to generators.")
    static final class AddGenerator extends EditPlugins {
        AddGenerator() {
            super("generators", "generator");
        }

        @Override
        void change(Node list) {
            add(list);
        }
    }

    @Command(name = "base", mixinStandardHelpOptions = true, description = "Add directories to resources: DIR,DIR.")
    static final class AddBase extends EditPlugins {
        AddBase() {
            super("resources", "base");
        }

        @Override
        void check() {
            require(arguments().size() == 1, "must specify a base directory");
        }

        @Override
        void change(Node list) {
            for (String path : separated()) {
                require(!path.isEmpty() && Files.exists(directory().resolve(path)), path + " does not exist");
                require(!contains(list, path), "base " + path + " already in kustomization file");
                list.add(Node.text(path));
            }
        }
    }

    @Command(name = "transformer", mixinStandardHelpOptions = true, description = "Remove transformers; patterns work.")
    static final class RemoveTransformer extends EditPlugins {
        RemoveTransformer() {
            super("transformers", "transformer");
        }

        @Override
        void change(Node list) {
            for (String argument : arguments()) {
                Pattern pattern = PathPattern.compile(argument);
                removeIf(list, one -> pattern.matcher(one.text()).matches());
            }
        }
    }
}
