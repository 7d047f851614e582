package io.driftless.cli.kustomize;

import io.driftless.kustomize.KustomizeException;
import io.driftless.kustomize.node.Node;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The flags that describe one entry of `patches`.
final class PatchOptions {
    @Option(names = "--path", paramLabel = "FILE", description = "the file of the patch")
    private String path = "";

    @Option(names = "--patch", paramLabel = "TEXT", description = "the patch itself")
    private String patch = "";

    @Option(names = "--group", description = "API group of the target")
    private String group = "";

    @Option(names = "--version", description = "API version of the target")
    private String version = "";

    @Option(names = "--kind", description = "kind of the target")
    private String kind = "";

    @Option(names = "--name", description = "name of the target")
    private String name = "";

    @Option(names = "--namespace", description = "namespace of the target")
    private String namespace = "";

    @Option(names = "--label-selector", description = "labels of the target")
    private String labelSelector = "";

    @Option(names = "--annotation-selector", description = "annotations of the target")
    private String annotationSelector = "";

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help message and exit.")
    private boolean help;

    @Parameters(arity = "0..*", hidden = true)
    private List<String> ignored = List.of();

    void check() {
        if (path.isEmpty() && patch.isEmpty()) {
            throw new KustomizeException("must provide either patch or path");
        }
        if (!path.isEmpty() && !patch.isEmpty()) {
            throw new KustomizeException("patch and path can't be set at the same time");
        }
    }

    String label() {
        return path.isEmpty() ? "of --patch" : path;
    }

    private Map<String, String> target() {
        Map<String, String> target = new LinkedHashMap<>();
        target.put("annotationSelector", annotationSelector);
        target.put("group", group);
        target.put("kind", kind);
        target.put("labelSelector", labelSelector);
        target.put("name", name);
        target.put("namespace", namespace);
        target.put("version", version);
        target.values().removeIf(String::isEmpty);
        return target;
    }

    Node node() {
        Node entry = Node.map();
        entry.put(path.isEmpty() ? "patch" : "path", Node.text(path.isEmpty() ? patch : path));
        if (!target().isEmpty()) {
            Node target = Node.map();
            target().forEach((field, value) -> target.put(field, Node.text(value)));
            entry.put("target", target);
        }
        return entry;
    }

    /// The entry that says the same, or -1.
    int find(KustomizationFile file) {
        Map<String, Object> wanted = new LinkedHashMap<>();
        wanted.put("path", path);
        wanted.put("patch", patch);
        wanted.values().removeIf(""::equals);
        if (!target().isEmpty()) {
            wanted.put("target", target());
        }
        return file.list("patches").indexOf(wanted);
    }
}
