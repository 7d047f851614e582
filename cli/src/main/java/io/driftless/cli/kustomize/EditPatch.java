package io.driftless.cli.kustomize;

import io.driftless.kustomize.node.Node;
import io.driftless.kustomize.node.YamlText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `edit add|remove patch --path FILE|--patch TEXT [--kind KIND …]`
abstract class EditPatch extends Edit {
    @Option(names = "--path", defaultValue = "", description = "File of the patch.")
    private String path = "";

    @Option(names = "--patch", defaultValue = "", description = "The patch itself.")
    private String patch = "";

    @Option(names = "--group", defaultValue = "", description = "Group of the target.")
    private String group = "";

    @Option(names = "--version", defaultValue = "", description = "Version of the target.")
    private String version = "";

    @Option(names = "--kind", defaultValue = "", description = "Kind of the target.")
    private String kind = "";

    @Option(names = "--name", defaultValue = "", description = "Name of the target.")
    private String name = "";

    @Option(names = "--namespace", defaultValue = "", description = "Namespace of the target.")
    private String namespace = "";

    @Option(names = "--label-selector", defaultValue = "", description = "Labels of the target.")
    private String labels = "";

    @Option(names = "--annotation-selector", defaultValue = "", description = "Annotations of the target.")
    private String annotations = "";

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help message and exit.")
    private boolean help;

    @Override
    void check() {
        require(path.isEmpty() || patch.isEmpty(), "patch and path can't be set at the same time");
    }

    final boolean isGiven() {
        return !path.isEmpty() || !patch.isEmpty();
    }

    final Node wish() {
        Node target = Node.map();
        put(target, "group", group);
        put(target, "version", version);
        put(target, "kind", kind);
        put(target, "name", name);
        put(target, "namespace", namespace);
        put(target, "labelSelector", labels);
        put(target, "annotationSelector", annotations);
        Node wish = Node.map();
        put(wish, "path", path);
        put(wish, "patch", patch);
        if (target.size() > 0) {
            wish.put("target", target);
        }
        return wish;
    }

    static boolean isSame(Node one, Node other) {
        return YamlText.print(one).equals(YamlText.print(other));
    }

    @Command(name = "patch", description = "Add a patch: --path FILE or --patch TEXT, and what it is for.")
    static final class Add extends EditPatch {
        @Override
        void check() {
            require(isGiven(), "must provide either patch or path");
            super.check();
        }

        @Override
        void change(Node file) {
            Node patches = list(file, "patches");
            if (patches.items().stream().anyMatch(one -> isSame(one, wish()))) {
                note("the patch is already in the kustomization file");
            } else {
                patches.add(wish());
            }
        }
    }

    @Command(name = "patch", description = "Remove the patch that has exactly these values.")
    static final class Remove extends EditPatch {
        @Override
        void change(Node file) {
            if (!removeIf(list(file, "patches"), one -> isSame(one, wish()))) {
                note("the patch is not in the kustomization file");
            }
        }
    }
}
