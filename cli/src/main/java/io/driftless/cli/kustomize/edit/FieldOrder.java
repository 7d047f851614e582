package io.driftless.cli.kustomize.edit;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The fields of a kustomization file in the order in which the reference adds those a file does not have.
final class FieldOrder {
    static final List<String> NAMES = List.of(
            "apiVersion",
            "kind",
            "metadata",
            "sortOptions",
            "resources",
            "namePrefix",
            "nameSuffix",
            "namespace",
            "crds",
            "commonLabels",
            "labels",
            "commonAnnotations",
            "patchesStrategicMerge",
            "patchesJson6902",
            "patches",
            "configMapGenerator",
            "secretGenerator",
            "helmCharts",
            "helmGlobals",
            "generatorOptions",
            "vars",
            "images",
            "replacements",
            "replicas",
            "configurations",
            "generators",
            "transformers",
            "validators",
            "components",
            "openapi",
            "buildMetadata");

    private static final Map<String, String> SPELLINGS = new HashMap<>();

    static {
        NAMES.forEach(name -> SPELLINGS.put(name.toLowerCase(Locale.ROOT), name));
    }

    private FieldOrder() {}

    /// The field's own spelling; null for fields that gave way to others.
    static @Nullable String spelling(String name) {
        return SPELLINGS.get(name.toLowerCase(Locale.ROOT));
    }
}
