package io.driftless.cli.kustomize;

import io.driftless.kustomize.KustomizeException;
import io.driftless.kustomize.node.Node;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/// `driftless kustomize edit add …`
@Command(
        name = "add",
        mixinStandardHelpOptions = true,
        description = "Add items.",
        subcommands = {
            EditMetadata.Add.class,
            AddGenerator.ConfigMap.class,
            AddGenerator.Secret.class,
            EditPlugins.AddTransformer.class,
            EditPlugins.AddGenerator.class,
            EditPlugins.AddBase.class
        })
final class EditAddCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private EditCommand edit;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    @Command(name = "resource", mixinStandardHelpOptions = true, description = "Add files or directories to resources.")
    int resource(
            @Parameters(arity = "0..*", paramLabel = "PATH") List<String> paths,
            @Option(names = "--no-verify", description = "Add them whether they exist or not.") boolean unverified) {
        return files("resources", "resource", paths, !unverified);
    }

    @Command(name = "component", mixinStandardHelpOptions = true, description = "Add directories to components.")
    int component(@Parameters(arity = "0..*", paramLabel = "PATH") List<String> paths) {
        return files("components", "component", paths, true);
    }

    private int files(String field, String what, @Nullable List<String> paths, boolean verified) {
        if (paths == null || paths.isEmpty()) {
            throw new KustomizeException("must specify a " + what + " file");
        }
        Set<String> found = new LinkedHashSet<>();
        for (String path : paths) {
            found.addAll(verified ? PathPattern.expand(edit.kustomize().directory(), path) : List.of(path));
        }
        return edit.edit(file -> {
            for (String path : found) {
                if (file.list(field).contains(path)) {
                    edit.note(what + " " + path + " already in kustomization file");
                } else if (!path.equals(file.name())) {
                    file.add(field, Node.text(path), null);
                }
            }
        });
    }

    @Command(name = "annotation", mixinStandardHelpOptions = true, description = "Add commonAnnotations.")
    int annotation(
            @Parameters(arity = "0..*", paramLabel = "KEY:VALUE") List<String> arguments,
            @Option(
                            names = {"-f", "--force"},
                            description = "Overwrite one that is there.")
                    boolean force) {
        return pairs("commonAnnotations", "annotation", arguments, force);
    }

    @Command(name = "label", mixinStandardHelpOptions = true, description = "Add commonLabels, or labels.")
    int label(
            @Parameters(arity = "0..*", paramLabel = "KEY:VALUE") List<String> arguments,
            @Option(
                            names = {"-f", "--force"},
                            description = "Overwrite one that is there.")
                    boolean force,
            @Option(names = "--without-selector", description = "Add to labels, which leaves selectors alone.")
                    boolean withoutSelector,
            @Option(names = "--include-templates", description = "Label the templates of pods too.")
                    boolean templates) {
        if (templates && !withoutSelector) {
            throw new KustomizeException("--without-selector flag must be specified for --include-templates to work");
        }
        return withoutSelector ? labels(arguments, force, templates) : pairs("commonLabels", "label", arguments, force);
    }

    private int pairs(String field, String what, @Nullable List<String> arguments, boolean force) {
        List<Pair> pairs = Pair.all(what, arguments == null ? List.of() : arguments);
        return edit.edit(file -> {
            for (Pair pair : pairs) {
                refuseKnown(what, pair, file.map(field), force);
                file.put(field, pair.key(), pair.value());
            }
        });
    }

    private static void refuseKnown(String what, Pair pair, Map<String, Object> present, boolean force) {
        if (!force && present.containsKey(pair.key())) {
            throw new KustomizeException(
                    what + " " + pair.key() + " already in kustomization file. Use --force to override.");
        }
    }

    private int labels(@Nullable List<String> arguments, boolean force, boolean templates) {
        List<Pair> pairs = Pair.all("label", arguments == null ? List.of() : arguments);
        return edit.edit(file -> pairs.forEach(pair -> label(file, pair, force, templates)));
    }

    /// Labels of one kind share an entry: the first that does not touch selectors and treats templates the same.
    private static void label(KustomizationFile file, Pair pair, boolean force, boolean templates) {
        List<Object> entries = file.list("labels");
        for (int i = 0; i < entries.size(); i++) {
            Map<String, Object> entry = YamlSource.asMap(entries.get(i));
            if (!isTrue(entry, "includeSelectors")
                    && isTrue(entry, "includeTemplates") == templates
                    && !YamlSource.asMap(entry.get("pairs")).isEmpty()) {
                refuseKnown("label", pair, YamlSource.asMap(entry.get("pairs")), force);
                file.source().put(List.of(file.field("labels"), i, "pairs"), pair.key(), Node.text(pair.value()));
                return;
            }
        }
        Node entry = Node.map();
        if (templates) {
            entry.put("includeTemplates", Node.untyped("true"));
        }
        Node pairs = Node.map();
        pairs.put(pair.key(), Node.text(pair.value()));
        entry.put("pairs", pairs);
        file.add("labels", entry, null);
    }

    private static boolean isTrue(Map<String, Object> entry, String field) {
        return String.valueOf(entry.get(field)).equalsIgnoreCase("true");
    }

    @Command(name = "patch", description = "Add a patch to patches.")
    int patch(@Mixin PatchOptions patch) {
        patch.check();
        return edit.edit(file -> {
            if (patch.find(file) >= 0) {
                edit.note("patch " + patch.label() + " already in kustomization file");
            } else {
                file.add("patches", patch.node(), null);
            }
        });
    }
}
