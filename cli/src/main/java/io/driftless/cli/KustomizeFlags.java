package io.driftless.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What an Application changes in the kustomization that it deploys. An image or a replica count replaces that of the
/// same name; the rest is kept.
final class KustomizeFlags {
    @Option(names = "--nameprefix", paramLabel = "PREFIX", description = "Put before every name.")
    private @Nullable String prefix;

    @Option(names = "--namesuffix", paramLabel = "SUFFIX", description = "Put behind every name.")
    private @Nullable String suffix;

    @Option(names = "--kustomize-namespace", paramLabel = "NAMESPACE", description = "Namespace of every resource.")
    private @Nullable String namespace;

    @Option(
            names = "--kustomize-image",
            paramLabel = "[NAME=]IMAGE[:TAG][@DIGEST]",
            description = "Another image; repeatable.")
    private List<String> images = List.of();

    @Option(names = "--kustomize-replica", paramLabel = "NAME=COUNT", description = "Replicas; repeatable.")
    private List<String> replicas = List.of();

    @Option(names = "--kustomize-common-label", paramLabel = "KEY=VALUE", description = "A label; repeatable.")
    private List<String> labels = List.of();

    @Option(
            names = "--kustomize-common-annotation",
            paramLabel = "KEY=VALUE",
            description = "An annotation; repeatable.")
    private List<String> annotations = List.of();

    void apply(ObjectNode source) {
        ObjectNode kustomize = source.path("kustomize") instanceof ObjectNode given ? given : source.objectNode();
        Fields.put(kustomize, "namePrefix", prefix);
        Fields.put(kustomize, "nameSuffix", suffix);
        Fields.put(kustomize, "namespace", namespace);
        for (String image : images) {
            ArrayNode list = kustomize.withArrayProperty("images");
            list.removeIf(other -> KustomizeImage.name(other.asText()).equals(KustomizeImage.name(image)));
            list.add(image);
        }
        for (String replica : replicas) {
            KeyValue pair = KeyValue.parse("--kustomize-replica", replica);
            ArrayNode list = kustomize.withArrayProperty("replicas");
            list.removeIf(other -> other.path("name").asText().equals(pair.key()));
            list.addObject().put("name", pair.key()).put("count", count(replica, pair.value()));
        }
        KeyValue.putAll("--kustomize-common-label", labels, kustomize, "commonLabels");
        KeyValue.putAll("--kustomize-common-annotation", annotations, kustomize, "commonAnnotations");
        if (!kustomize.isEmpty()) {
            source.set("kustomize", kustomize);
        }
    }

    private static int count(String option, String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new CommandFailure(ExitCode.FAILED, "--kustomize-replica is written NAME=COUNT, not " + option);
        }
    }
}
