package io.driftless.kustomize.build;

import io.driftless.kustomize.KustomizeException;
import io.driftless.kustomize.model.ResMap;
import io.driftless.kustomize.model.Resource;
import io.driftless.kustomize.node.YamlText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Runs validators: transformers that may look at everything and change nothing but one label.
final class Validation {
    private Validation() {}

    static void run(ResMap map, List<Step> validators) {
        for (Step step : validators) {
            List<String> before = texts(map);
            step.transformer().transform(map);
            map.changed();
            if (!before.equals(texts(map))) {
                throw new KustomizeException("validator shouldn't modify the resource map: a resource was changed");
            }
        }
    }

    private static List<String> texts(ResMap map) {
        List<String> texts = new ArrayList<>(map.size());
        for (Resource resource : map.resources()) {
            Resource copy = resource.copy();
            Map<String, String> labels = copy.labels();
            if (labels.remove("validated-by") != null) {
                copy.setLabels(labels);
            }
            texts.add(YamlText.print(copy.node()));
        }
        return texts;
    }
}
