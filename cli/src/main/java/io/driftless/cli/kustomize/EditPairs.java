package io.driftless.cli.kustomize;

import io.driftless.kustomize.KustomizeException;
import io.driftless.kustomize.node.Node;
import io.driftless.kustomize.node.Style;
import io.driftless.kustomize.node.Tag;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `edit set|add|remove label|annotation KEY:VALUE …`
abstract class EditPairs extends Edit {
    final String field;
    final String word;

    EditPairs(String field, String word) {
        this.field = field;
        this.word = word;
    }

    @Override
    void check() {
        require(!arguments().isEmpty(), "must specify " + word);
        pairs();
    }

    final Map<String, String> pairs() {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String argument : arguments()) {
            int colon = argument.indexOf(':');
            String key = colon < 0 ? argument : argument.substring(0, colon);
            require(!key.isEmpty(), "invalid " + word + ": '" + argument + "' (need k:v pair where v may be quoted)");
            String value = colon < 0 ? "" : argument.substring(colon + 1);
            boolean isQuoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
            pairs.put(key, isQuoted ? value.substring(1, value.length() - 1) : value);
        }
        return pairs;
    }

    final void add(Node map, boolean force) {
        pairs().forEach((key, value) -> {
            if (map.has(key) && !force) {
                throw new KustomizeException(
                        word + " " + key + " already in kustomization file. Use --force to override.");
            }
            map.put(key, quoted(value));
        });
    }

    final void remove(Node file, boolean missingIsFine) {
        Node map = file.get(field);
        if (map == null) {
            require(missingIsFine, field + " is not defined in kustomization file");
            return;
        }
        for (String key : separated()) {
            require(
                    map.remove(key) != null || missingIsFine,
                    word + " " + key + " is not defined in kustomization file");
        }
    }

    @Command(name = "label", mixinStandardHelpOptions = true, description = "Set commonLabels: KEY:VALUE.")
    static final class SetLabel extends EditPairs {
        SetLabel() {
            super("commonLabels", "label");
        }

        @Override
        void change(Node file) {
            add(map(file, field), true);
        }
    }

    @Command(name = "annotation", mixinStandardHelpOptions = true, description = "Set commonAnnotations: KEY:VALUE.")
    static final class SetAnnotation extends EditPairs {
        SetAnnotation() {
            super("commonAnnotations", "annotation");
        }

        @Override
        void change(Node file) {
            add(map(file, field), true);
        }
    }

    @Command(name = "annotation", mixinStandardHelpOptions = true, description = "Add commonAnnotations: KEY:VALUE.")
    static final class AddAnnotation extends EditPairs {
        @Option(
                names = {"-f", "--force"},
                description = "Overwrite what is there.")
        private boolean force;

        AddAnnotation() {
            super("commonAnnotations", "annotation");
        }

        @Override
        void change(Node file) {
            add(map(file, field), force);
        }
    }

    @Command(name = "label", mixinStandardHelpOptions = true, description = "Add commonLabels or labels: KEY:VALUE.")
    static final class AddLabel extends EditPairs {
        @Option(
                names = {"-f", "--force"},
                description = "Overwrite what is there.")
        private boolean force;

        @Option(names = "--without-selector", description = "Add to labels, which leaves selectors alone.")
        private boolean withoutSelector;

        @Option(names = "--include-templates", description = "Label pod templates as well.")
        private boolean templates;

        AddLabel() {
            super("commonLabels", "label");
        }

        @Override
        void check() {
            super.check();
            require(
                    withoutSelector || !templates,
                    "--without-selector flag must be specified for --include-templates to work");
        }

        @Override
        void change(Node file) {
            add(withoutSelector ? map(entry(list(file, "labels")), "pairs") : map(file, field), force);
        }

        /// The entry of `labels` that these labels go to: one that does the same.
        private Node entry(Node labels) {
            for (Node label : labels.items()) {
                if (!label.has("fields")
                        && !isTrue(label, "includeSelectors")
                        && isTrue(label, "includeTemplates") == templates) {
                    return label;
                }
            }
            Node label = Node.map();
            if (templates) {
                label.put("includeTemplates", Node.scalar("true", Tag.BOOL, Style.PLAIN));
            }
            labels.add(label);
            return label;
        }

        private static boolean isTrue(Node label, String flag) {
            return text(label, flag).equals("true");
        }
    }

    @Command(name = "label", mixinStandardHelpOptions = true, description = "Remove commonLabels: KEY,KEY.")
    static final class RemoveLabel extends EditPairs {
        @Option(
                names = {"-i", "--ignore-non-existence"},
                description = "A missing one is no error.")
        private boolean missingIsFine;

        RemoveLabel() {
            super("commonLabels", "label");
        }

        @Override
        void check() {
            require(!arguments().isEmpty(), "must specify label");
            require(arguments().size() == 1, "labels must be comma-separated, with no spaces");
        }

        @Override
        void change(Node file) {
            remove(file, missingIsFine);
        }
    }

    @Command(name = "annotation", mixinStandardHelpOptions = true, description = "Remove commonAnnotations: KEY,KEY.")
    static final class RemoveAnnotation extends EditPairs {
        @Option(
                names = {"-i", "--ignore-non-existence"},
                description = "A missing one is no error.")
        private boolean missingIsFine;

        RemoveAnnotation() {
            super("commonAnnotations", "annotation");
        }

        @Override
        void check() {
            require(!arguments().isEmpty(), "must specify annotation");
            require(arguments().size() == 1, "annotations must be comma-separated, with no spaces");
        }

        @Override
        void change(Node file) {
            remove(file, missingIsFine);
        }
    }
}
