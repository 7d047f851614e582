package io.driftless.kustomize.build;

import io.driftless.kustomize.HelmInflation;
import io.driftless.kustomize.file.HelmEntries.HelmChart;
import io.driftless.kustomize.model.BuildNotes;
import io.driftless.kustomize.model.Resource;
import java.util.List;

/// Renders charts through the caller's hook and marks the results, whose namespace Helm has already seen to.
final class Charts {
    private final HelmInflation helm;

    Charts(HelmInflation helm) {
        this.helm = helm;
    }

    List<Resource> inflate(HelmChart chart, String chartHome, Loader loader, ResourceReader reader) {
        String text = helm.inflate(new HelmInflation.Request(
                chart, loader.tree(), loader.path(), chartHome.isEmpty() ? "charts" : chartHome));
        List<Resource> resources = reader.text(text);
        resources.forEach(resource -> resource.putAnnotation(BuildNotes.HELM_GENERATED, "true"));
        return resources;
    }
}
