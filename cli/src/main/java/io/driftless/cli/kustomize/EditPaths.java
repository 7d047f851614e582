package io.driftless.cli.kustomize;

import io.driftless.kustomize.KustomizeException;
import io.driftless.kustomize.build.RepositoryUrl;
import io.driftless.kustomize.node.Node;
import java.nio.file.Files;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `edit add|remove resource|component|transformer|generator PATH …`
abstract class EditPaths extends Edit {
    private final String field;
    private final String word;

    EditPaths(String field, String word) {
        this.field = field;
        this.word = word;
    }

    @Override
    void check() {
        require(!arguments().isEmpty(), "must specify a " + word + " file");
    }

    /// Adds what the patterns name; a pattern that names nothing fails, or is only told.
    final void add(Node file, boolean strict) {
        Node list = list(file, field);
        for (String pattern : arguments()) {
            List<String> found = new Glob(pattern).files(directory());
            if (found.isEmpty()) {
                missing(pattern, strict);
            }
            for (String path : found) {
                addOne(list, path);
            }
        }
    }

    final void addOne(Node list, String path) {
        if (path.matches("kustomization\\.ya?ml|Kustomization")) {
            return;
        }
        if (texts(list).contains(path)) {
            note(word + " " + path + " already in kustomization file");
        } else {
            list.add(quoted(path));
        }
    }

    private void missing(String pattern, boolean strict) {
        if (RepositoryUrl.isWeb(pattern) || RepositoryUrl.parse(pattern) != null) {
            throw new KustomizeException("checking the remote base '" + pattern
                    + "' is not supported yet by driftless kustomize: add it with --no-verify");
        }
        require(
                !strict,
                pattern + " has no match: must build at directory: not a valid directory: evalsymlink failure on '"
                        + directory().resolve(pattern) + "' : lstat "
                        + directory().resolve(pattern)
                        + ": no such file or directory");
        note(pattern + " has no match");
    }

    final void remove(Node file) {
        for (String pattern : arguments()) {
            Glob glob = new Glob(pattern);
            if (!removeIf(list(file, field), one -> glob.matches(one.text()))) {
                note(word + " " + pattern + " is not in the kustomization file");
            }
        }
    }

    @Command(name = "resource", mixinStandardHelpOptions = true, description = "Add files or directories to resources.")
    static final class AddResource extends EditPaths {
        @Option(names = "--no-verify", description = "Do not look whether they exist.")
        private boolean unverified;

        AddResource() {
            super("resources", "resource");
        }

        @Override
        void change(Node file) {
            if (unverified) {
                arguments().forEach(path -> addOne(list(file, "resources"), path));
            } else {
                add(file, true);
            }
        }
    }

    @Command(name = "component", mixinStandardHelpOptions = true, description = "Add directories to components.")
    static final class AddComponent extends EditPaths {
        AddComponent() {
            super("components", "component");
        }

        @Override
        void change(Node file) {
            add(file, true);
        }
    }

    @Command(name = "transformer", mixinStandardHelpOptions = true, description = "Add files to transformers.")
    static final class AddTransformer extends EditPaths {
        AddTransformer() {
            super("transformers", "transformer");
        }

        @Override
        void change(Node file) {
            add(file, false);
        }
    }

    @Command(name = "generator", mixinStandardHelpOptions = true, description = "Add files to generators.")
    static final class AddGenerator extends EditPaths {
        AddGenerator() {
            super("generators", "generator");
        }

        @Override
        void change(Node file) {
            add(file, false);
        }
    }

    @Command(name = "base", mixinStandardHelpOptions = true, description = "Add directories to resources: DIR,DIR.")
    static final class AddBase extends EditPaths {
        AddBase() {
            super("resources", "base");
        }

        @Override
        void check() {
            require(arguments().size() == 1, "must specify a base directory");
        }

        @Override
        void change(Node file) {
            Node resources = list(file, "resources");
            for (String path : separated()) {
                require(!path.isEmpty() && Files.exists(directory().resolve(path)), path + " does not exist");
                require(!texts(resources).contains(path), "base " + path + " already in kustomization file");
                resources.add(quoted(path));
            }
        }
    }

    @Command(name = "resource", mixinStandardHelpOptions = true, description = "Remove resources; patterns work.")
    static final class RemoveResource extends EditPaths {
        RemoveResource() {
            super("resources", "resource");
        }

        @Override
        void change(Node file) {
            remove(file);
        }
    }

    @Command(name = "transformer", mixinStandardHelpOptions = true, description = "Remove transformers; patterns work.")
    static final class RemoveTransformer extends EditPaths {
        RemoveTransformer() {
            super("transformers", "transformer");
        }

        @Override
        void change(Node file) {
            remove(file);
        }
    }
}
