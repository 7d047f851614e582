package io.driftless.kustomize.build;

import io.driftless.kustomize.file.Entries.Generator;
import io.driftless.kustomize.file.HelmEntries.HelmChart;
import io.driftless.kustomize.file.Kustomization;
import io.driftless.kustomize.model.BuildNotes;
import io.driftless.kustomize.model.Resource;
import io.driftless.kustomize.patch.Schemas;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What a kustomization generates by its own fields, in the order of the reference.
///
/// @param namespace that of charts which name none
/// @param configuredBy the origin of what a built-in generator makes; null where origins are not noted
record Generators(
        Loader loader,
        ResourceReader reader,
        Schemas schemas,
        Charts charts,
        Kustomization file,
        String namespace,
        Function<String, @Nullable Origin> configuredBy) {

    List<List<Resource>> make() {
        List<List<Resource>> made = new ArrayList<>();
        for (Generator entry : file.configMaps()) {
            made.add(noted(List.of(generated(entry, false)), configuredBy.apply("ConfigMapGenerator")));
        }
        for (Generator entry : file.secrets()) {
            made.add(noted(List.of(generated(entry, true)), configuredBy.apply("SecretGenerator")));
        }
        for (HelmChart chart : file.helm().charts()) {
            HelmChart placed = chart.namespace().isEmpty() ? chart.inNamespace(namespace) : chart;
            made.add(noted(
                    charts.inflate(placed, file.helm().chartHome(), loader, reader),
                    configuredBy.apply("HelmChartInflationGenerator")));
        }
        return made;
    }

    private Resource generated(Generator entry, boolean secret) {
        Generator complete = new Generator(
                entry.name(),
                entry.namespace(),
                entry.behavior(),
                entry.envs(),
                entry.literals(),
                entry.files(),
                entry.type(),
                entry.options().with(file.generatorOptions()));
        return Generated.make(complete, secret, loader, schemas);
    }

    /// The resources, with their origin where they have none yet.
    static List<Resource> noted(List<Resource> resources, @Nullable Origin by) {
        if (by != null) {
            for (Resource resource : resources) {
                if (resource.annotation(BuildNotes.ORIGIN) == null) {
                    resource.putAnnotation(BuildNotes.ORIGIN, by.toString());
                }
            }
        }
        return resources;
    }
}
