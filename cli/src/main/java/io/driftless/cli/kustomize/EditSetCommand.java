package io.driftless.cli.kustomize;

import io.driftless.kustomize.KustomizeException;
import io.driftless.kustomize.node.Node;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/// `driftless kustomize edit set …`
@Command(
        name = "set",
        mixinStandardHelpOptions = true,
        description = "Set fields.",
        subcommands = {EditMetadata.Set.class, EditGenerator.SetConfigMap.class, EditGenerator.SetSecret.class})
final class EditSetCommand implements Runnable {
    private static final Pattern REPLICAS = Pattern.compile("([^=]+)=([+-]?[0-9]{1,18})");

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

    @Command(name = "image", mixinStandardHelpOptions = true, description = "Set name, tag or digest of images.")
    int image(@Parameters(arity = "0..*", paramLabel = "NAME=NEWNAME:TAG@DIGEST") List<String> arguments) {
        if (isNone(arguments)) {
            throw new KustomizeException("no image specified");
        }
        List<ImageArgument> images =
                arguments.stream().map(ImageArgument::parse).toList();
        return edit.edit(file -> {
            if (!file.list("imageTags").isEmpty()) {
                throw new KustomizeException(
                        "editing imageTags is not supported yet: rename the field to images in " + file.name());
            }
            NamedEntries entries = new NamedEntries(file, "images");
            for (ImageArgument image : images) {
                entries.set(image.name(), present -> {
                    Map<String, Node> fields = new LinkedHashMap<>();
                    image.fields(present).forEach((field, value) -> fields.put(field, Node.text(value)));
                    return fields;
                });
            }
        });
    }

    @Command(name = "replicas", mixinStandardHelpOptions = true, description = "Set replica counts.")
    int replicas(@Parameters(arity = "0..*", paramLabel = "NAME=COUNT") List<String> arguments) {
        if (isNone(arguments)) {
            throw new KustomizeException("no replicas specified");
        }
        Map<String, Long> counts = new LinkedHashMap<>();
        for (String argument : arguments) {
            Matcher replica = REPLICAS.matcher(argument);
            if (!replica.matches()) {
                throw new KustomizeException("invalid format of replica, use the following format: <name>=<count>");
            }
            counts.put(replica.group(1), Long.valueOf(replica.group(2)));
        }
        return edit.edit(file -> counts.forEach((name, count) -> new NamedEntries(file, "replicas")
                .set(name, present -> Map.of("count", Node.untyped(String.valueOf(count))))));
    }

    @Command(name = "namespace", mixinStandardHelpOptions = true, description = "Set namespace.")
    int namespace(@Parameters(arity = "0..*", paramLabel = "NAME") List<String> arguments) {
        return text("namespace", "namespace", arguments);
    }

    @Command(name = "nameprefix", mixinStandardHelpOptions = true, description = "Set namePrefix.")
    int namePrefix(@Parameters(arity = "0..*", paramLabel = "PREFIX") List<String> arguments) {
        return text("namePrefix", "prefix", arguments);
    }

    @Command(name = "namesuffix", mixinStandardHelpOptions = true, description = "Set nameSuffix.")
    int nameSuffix(@Parameters(arity = "0..*", paramLabel = "SUFFIX") List<String> arguments) {
        return text("nameSuffix", "suffix", arguments);
    }

    @Command(name = "label", mixinStandardHelpOptions = true, description = "Set commonLabels.")
    int label(@Parameters(arity = "0..*", paramLabel = "KEY:VALUE") List<String> arguments) {
        return pairs("commonLabels", "label", arguments);
    }

    @Command(name = "annotation", mixinStandardHelpOptions = true, description = "Set commonAnnotations.")
    int annotation(@Parameters(arity = "0..*", paramLabel = "KEY:VALUE") List<String> arguments) {
        return pairs("commonAnnotations", "annotation", arguments);
    }

    private int text(String field, String what, List<String> arguments) {
        if (isNone(arguments) || arguments.size() != 1) {
            throw new KustomizeException("must specify exactly one " + what + " value");
        }
        return edit.edit(file -> file.set(field, arguments.getFirst()));
    }

    private int pairs(String field, String what, List<String> arguments) {
        List<Pair> pairs = Pair.all(what, arguments == null ? List.of() : arguments);
        return edit.edit(file -> pairs.forEach(pair -> file.put(field, pair.key(), pair.value())));
    }

    /// Parameters that were not given are null here.
    static boolean isNone(@org.jspecify.annotations.Nullable List<String> arguments) {
        return arguments == null || arguments.isEmpty();
    }
}
