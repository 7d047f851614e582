package io.driftless.manifest.render;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Images that the containers of manifests name, wherever a list of containers stands.
public final class Images {
    private static final Set<String> LISTS = Set.of("containers", "initContainers", "ephemeralContainers");

    private Images() {}

    /// Each once, in the order of the alphabet.
    public static List<String> of(Collection<Manifest> manifests) {
        Set<String> images = new TreeSet<>();
        manifests.forEach(manifest -> collect(manifest.object(), images));
        return List.copyOf(images);
    }

    private static void collect(JsonNode node, Set<String> images) {
        node.properties().forEach(field -> {
            if (LISTS.contains(field.getKey())) {
                field.getValue().forEach(container -> {
                    String image = container.path("image").asText("");
                    if (!image.isEmpty()) {
                        images.add(image);
                    }
                });
            }
        });
        node.forEach(child -> collect(child, images));
    }
}
