package io.driftless.cli.kustomize;

import io.driftless.kustomize.node.Node;
import java.util.List;
import picocli.CommandLine.Command;

/// `edit set|add|remove buildmetadata OPTION,OPTION`
abstract class EditMetadata extends ListVerb {
    private static final List<String> KNOWN = List.of("originAnnotations", "transformerAnnotations", "managedByLabel");

    EditMetadata() {
        super("buildMetadata");
    }

    @Override
    void check() {
        require(!arguments().isEmpty(), "must specify a buildMetadata option");
        require(
                arguments().size() == 1,
                "too many arguments: [" + String.join(" ", arguments())
                        + "]; to provide multiple buildMetadata options, please separate options by comma");
        separated().forEach(option -> require(KNOWN.contains(option), "invalid buildMetadata option: " + option));
    }

    final void add(Node options) {
        for (String option : separated()) {
            require(!contains(options, option), "buildMetadata option " + option + " already in kustomization file");
            options.add(Node.text(option));
        }
    }

    @Command(name = "buildmetadata", mixinStandardHelpOptions = true, description = "Set buildMetadata: OPTION,OPTION.")
    static final class Set extends EditMetadata {
        @Override
        void change(Node list) {
            list.replaceItems(List.of());
            add(list);
        }
    }

    @Command(name = "buildmetadata", mixinStandardHelpOptions = true, description = "Add buildMetadata: OPTION,OPTION.")
    static final class Add extends EditMetadata {
        @Override
        void change(Node list) {
            add(list);
        }
    }

    @Command(
            name = "buildmetadata",
            mixinStandardHelpOptions = true,
            description = "Remove buildMetadata: OPTION,OPTION.")
    static final class Remove extends EditMetadata {
        @Override
        void change(Node list) {
            removeIf(list, option -> separated().contains(option.text()));
        }
    }
}
