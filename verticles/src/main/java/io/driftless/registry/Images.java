package io.driftless.registry;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/// The container images that a manifest runs.
final class Images {
    private static final List<String> POD_SPECS =
            List.of("/spec", "/spec/template/spec", "/spec/jobTemplate/spec/template/spec");
    private static final List<String> CONTAINERS = List.of("containers", "initContainers");

    private Images() {}

    static List<String> of(JsonNode manifest) {
        List<String> images = new ArrayList<>();
        for (String place : POD_SPECS) {
            for (String list : CONTAINERS) {
                for (JsonNode container : manifest.at(place).path(list)) {
                    if (container.path("image").isTextual()) {
                        images.add(container.path("image").asText());
                    }
                }
            }
        }
        return images;
    }
}
