package io.driftless.kustomize.build;

import io.driftless.kustomize.model.ResMap;
import io.driftless.kustomize.transform.Transformer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A transformer of a kustomization and what is noted on resources about it.
record Step(Transformer transformer, @Nullable Origin origin) {
    static void runAll(List<Step> steps, ResMap map) {
        for (Step step : steps) {
            map.changed();
            step.transformer.transform(map);
            Origin by = step.origin;
            if (by != null) {
                map.resources().stream().filter(one -> !one.isGone()).forEach(by::note);
            }
            map.dropGone();
        }
        map.changed();
    }
}
