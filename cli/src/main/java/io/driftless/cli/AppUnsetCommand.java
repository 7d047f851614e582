package io.driftless.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `driftless app unset APP`
@Command(
        name = "unset",
        mixinStandardHelpOptions = true,
        description = "Take away what an Application changes in its kustomization.")
final class AppUnsetCommand extends OneApplication {
    @Option(names = "--nameprefix", description = "The prefix of names.")
    private boolean prefix;

    @Option(names = "--namesuffix", description = "The suffix of names.")
    private boolean suffix;

    @Option(names = "--kustomize-namespace", description = "The namespace.")
    private boolean namespace;

    @Option(names = "--kustomize-image", paramLabel = "NAME", description = "An image; repeatable.")
    private List<String> images = List.of();

    @Option(names = "--kustomize-replica", paramLabel = "NAME", description = "A replica count; repeatable.")
    private List<String> replicas = List.of();

    @Override
    public Integer call() {
        requireChange("unset");
        ApplicationSpec known = ApplicationSpec.of(api(), app.ref());
        SpecFlags.requireOneSource(known.spec());
        ObjectNode wanted = known.copy();
        if (wanted.at("/source/kustomize") instanceof ObjectNode kustomize) {
            remove(kustomize);
            if (kustomize.isEmpty()) {
                wanted.withObjectProperty("source").remove("kustomize");
            }
        }
        if (!wanted.equals(known.spec())) {
            known.replace(wanted, false);
        }
        return ExitCode.OK;
    }

    private void remove(ObjectNode kustomize) {
        if (prefix) {
            kustomize.remove("namePrefix");
        }
        if (suffix) {
            kustomize.remove("nameSuffix");
        }
        if (namespace) {
            kustomize.remove("namespace");
        }
        if (kustomize.path("images") instanceof ArrayNode list) {
            list.removeIf(image -> images.contains(KustomizeImage.name(image.asText())));
            drop(kustomize, "images", list);
        }
        if (kustomize.path("replicas") instanceof ArrayNode list) {
            list.removeIf(replica -> replicas.contains(replica.path("name").asText()));
            drop(kustomize, "replicas", list);
        }
    }

    private static void drop(ObjectNode holder, String field, ArrayNode list) {
        if (list.isEmpty()) {
            holder.remove(field);
        }
    }
}
