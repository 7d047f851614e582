package io.driftless.cli.kustomize;

import io.driftless.kustomize.KustomizeException;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/// `driftless kustomize edit remove …`
@Command(
        name = "remove",
        mixinStandardHelpOptions = true,
        description = "Remove items.",
        subcommands = {
            EditMetadata.Remove.class,
            EditGenerator.RemoveConfigMap.class,
            EditGenerator.RemoveSecret.class,
            EditPlugins.RemoveTransformer.class
        })
final class EditRemoveCommand implements Runnable {
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

    @Command(name = "resource", mixinStandardHelpOptions = true, description = "Remove from resources.")
    int resource(@Parameters(arity = "0..*", paramLabel = "PATTERN") List<String> arguments) {
        if (EditSetCommand.isNone(arguments)) {
            throw new KustomizeException("must specify a resource file");
        }
        List<Pattern> patterns = arguments.stream().map(PathPattern::compile).toList();
        return edit.edit(file -> {
            List<Object> resources = file.list("resources");
            for (int i = resources.size() - 1; i >= 0; i--) {
                String resource = String.valueOf(resources.get(i));
                if (patterns.stream()
                        .anyMatch(pattern -> pattern.matcher(resource).matches())) {
                    file.removeItem("resources", i);
                }
            }
        });
    }

    @Command(name = "label", mixinStandardHelpOptions = true, description = "Remove from commonLabels.")
    int label(
            @Parameters(arity = "0..*", paramLabel = "KEY[,KEY]") List<String> arguments,
            @Option(
                            names = {"-i", "--ignore-non-existence"},
                            description = "Do nothing about one that is absent.")
                    boolean ignore) {
        return keys("commonLabels", "label", arguments, ignore);
    }

    @Command(name = "annotation", mixinStandardHelpOptions = true, description = "Remove from commonAnnotations.")
    int annotation(
            @Parameters(arity = "0..*", paramLabel = "KEY[,KEY]") List<String> arguments,
            @Option(
                            names = {"-i", "--ignore-non-existence"},
                            description = "Do nothing about one that is absent.")
                    boolean ignore) {
        return keys("commonAnnotations", "annotation", arguments, ignore);
    }

    private int keys(String field, String what, @Nullable List<String> arguments, boolean ignore) {
        if (arguments == null || arguments.isEmpty()) {
            throw new KustomizeException("must specify " + what);
        }
        if (arguments.size() > 1) {
            throw new KustomizeException(what + "s must be comma-separated, with no spaces");
        }
        return edit.edit(file -> {
            if (file.map(field).isEmpty() && !ignore) {
                throw new KustomizeException(field + " is not defined in kustomization file");
            }
            for (String key : arguments.getFirst().split(",", -1)) {
                if (file.map(field).containsKey(key)) {
                    file.removeKey(field, key);
                } else if (!ignore) {
                    throw new KustomizeException(what + " " + key + " is not defined in kustomization file");
                }
            }
        });
    }

    @Command(name = "patch", description = "Remove from patches.")
    int patch(@Mixin PatchOptions patch) {
        return edit.edit(file -> {
            int found = patch.find(file);
            if (found < 0) {
                edit.note("patch " + patch.label() + " doesn't exist in kustomization file");
            } else {
                file.removeItem("patches", found);
            }
        });
    }
}
