package io.driftless.kustomize.build;

import io.driftless.kustomize.KustomizeException;
import io.driftless.kustomize.file.Decoder;
import io.driftless.kustomize.file.Entries.Generator;
import io.driftless.kustomize.file.HelmEntries.HelmChart;
import io.driftless.kustomize.model.Resource;
import io.driftless.kustomize.node.Node;
import io.driftless.kustomize.patch.Schemas;
import java.util.List;

/// The generators that come with the reference, each made of the object that configures it.
record BuiltinGenerators(Loader loader, ResourceReader reader, Schemas schemas, Charts charts) {
    List<Resource> make(Resource config, Decoder in) {
        return switch (config.kind()) {
            case "ConfigMapGenerator" -> List.of(Generated.make(named(in, false), false, loader, config.scopes()));
            case "SecretGenerator" -> List.of(Generated.make(named(in, true), true, loader, config.scopes()));
            case "IAMPolicyGenerator" -> policy(in);
            case "HelmChartInflationGenerator" -> {
                String home = in.string("chartHome");
                yield charts.inflate(HelmChart.of(in), home, loader, reader);
            }
            default -> {
                if (BuiltinTransformers.isOne(config.kind())) {
                    throw new KustomizeException("plugin " + config.originalId() + " not a generator");
                }
                throw new Plugins.Unknown(config);
            }
        };
    }

    /// Name and namespace of a generated object may stand in the metadata of its generator.
    private static Generator named(Decoder in, boolean secret) {
        String[] metadata = Plugins.metadata(in);
        Generator entry = Generator.of(in, secret);
        return new Generator(
                entry.name().isEmpty() ? metadata[0] : entry.name(),
                entry.namespace().isEmpty() ? metadata[1] : entry.namespace(),
                entry.behavior(),
                entry.envs(),
                entry.literals(),
                entry.files(),
                entry.type(),
                entry.options());
    }

    private List<Resource> policy(Decoder in) {
        String cloud = in.string("cloud");
        if (!cloud.equals("gke")) {
            throw new KustomizeException("cloud provider " + cloud + " not supported yet");
        }
        String[] account = names(in, "serviceAccount");
        String[] kubernetes = names(in, "kubernetesService");
        Node annotations = Node.map();
        annotations.append(
                "iam.gke.io/gcp-service-account",
                Node.untyped(account[0] + "@" + account[2] + ".iam.gserviceaccount.com"));
        Node metadata = Node.map();
        metadata.append("annotations", annotations);
        metadata.append("name", Node.untyped(kubernetes[0]));
        if (!kubernetes[1].isEmpty()) {
            metadata.append("namespace", Node.untyped(kubernetes[1]));
        }
        Node node = Node.map();
        node.append("apiVersion", Node.untyped("v1"));
        node.append("kind", Node.untyped("ServiceAccount"));
        node.append("metadata", metadata);
        return List.of(new Resource(node, schemas));
    }

    private static String[] names(Decoder in, String field) {
        String[] found = in.object(field, "types.IAMPolicyGeneratorArgs", one ->
                new String[] {one.string("name"), one.string("namespace"), one.string("projectId")});
        return found == null ? new String[] {"", "", ""} : found;
    }
}
