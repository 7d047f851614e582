package io.driftless.sync;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Sync options, written `Name=value`; of two with the same name the later one holds. Unknown names mean nothing.
record SyncOptions(List<String> options) {
    /// Annotation with the options of one resource, a list with commas.
    static final String ANNOTATION = "argocd.argoproj.io/sync-options";

    SyncOptions {
        options = List.copyOf(options);
    }

    boolean on(String name) {
        return value(name).equals("true");
    }

    /// The value of an option; empty when it is not given.
    String value(String name) {
        String prefix = name + '=';
        return options.reversed().stream()
                .filter(option -> option.startsWith(prefix))
                .findFirst()
                .map(option -> option.substring(prefix.length()).strip())
                .orElse("");
    }

    /// These options with others that win over them.
    SyncOptions and(List<String> later) {
        List<String> all = new ArrayList<>(options);
        all.addAll(later);
        return new SyncOptions(all);
    }

    /// These options with those that a manifest gives for itself.
    SyncOptions of(JsonNode manifest) {
        return and(inAnnotation(
                manifest.path("metadata").path("annotations").path(ANNOTATION).asText("")));
    }

    static List<String> inAnnotation(String text) {
        return Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(option -> !option.isEmpty())
                .toList();
    }

    /// `PrunePropagationPolicy` as the API server spells it; foreground unless told otherwise, as Argo CD.
    String propagation() {
        return switch (value("PrunePropagationPolicy")) {
            case "background" -> "Background";
            case "orphan" -> "Orphan";
            default -> "Foreground";
        };
    }
}
