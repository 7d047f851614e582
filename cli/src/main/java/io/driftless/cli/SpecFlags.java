package io.driftless.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The flags of `app create` and `app set`, which say what an Application is to be.
final class SpecFlags {
    @Mixin
    private SourceFlags source = new SourceFlags();

    @Mixin
    private KustomizeFlags kustomize = new KustomizeFlags();

    @Mixin
    private DestinationFlags destination = new DestinationFlags();

    @Mixin
    private PolicyFlags policy = new PolicyFlags();

    @Option(names = "--project", paramLabel = "PROJECT", description = "Project that it belongs to.")
    private @Nullable String project;

    @Option(names = "--revision-history-limit", paramLabel = "COUNT", description = "Deployments remembered.")
    private @Nullable Integer history;

    @Option(
            names = "--validate",
            arity = "0..1",
            defaultValue = "true",
            fallbackValue = "true",
            paramLabel = "true|false",
            description = "Look whether the source is there and can be rendered (default: true).")
    boolean validate = true;

    /// Changes what the flags name; the rest stays.
    void apply(ObjectNode spec) {
        Fields.put(spec, "project", project);
        if (history != null) {
            spec.put("revisionHistoryLimit", history);
        }
        source(spec);
        ObjectNode to = object(spec, "destination");
        destination.apply(to);
        spec.set("destination", to);
        policy.apply(spec);
    }

    private void source(ObjectNode spec) {
        ObjectNode one = object(spec, "source");
        JsonNode before = one.deepCopy();
        source.apply(one);
        kustomize.apply(one);
        if (one.equals(before)) {
            return;
        }
        requireOneSource(spec);
        spec.set("source", one);
    }

    /// Fails with exit code 20 for an Application of several sources.
    static void requireOneSource(JsonNode spec) {
        if (!spec.path("sources").isEmpty()) {
            throw new CommandFailure(
                    ExitCode.API,
                    "changing one of several sources is not supported yet: use driftless app edit or app patch");
        }
    }

    private static ObjectNode object(ObjectNode holder, String field) {
        return holder.path(field) instanceof ObjectNode given ? given.deepCopy() : holder.objectNode();
    }
}
