package io.driftless.tree;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.events.ChildEvent.Info;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a node of a resource tree says beside its name, owners and health. Unreadable fields count as absent.
///
/// @param info names and values for people
/// @param images of a pod's containers
/// @param networking in the shape of Argo CD's `networkingInfo`; null where there is none
public record NodeFacts(
        List<Info> info, List<String> images, @Nullable JsonNode networking) {
    private static final String REVISION = "deployment.kubernetes.io/revision";

    public NodeFacts {
        info = List.copyOf(info);
        images = List.copyOf(images);
    }

    public static NodeFacts of(JsonNode object) {
        String kind = object.path("kind").asText();
        JsonNode networking = Networking.of(object);
        if (kind.equals("Pod")) {
            return new NodeFacts(PodFacts.of(object), images(object), networking);
        }
        List<Info> info = new ArrayList<>();
        String revision =
                object.path("metadata").path("annotations").path(REVISION).asText("");
        if (kind.equals("ReplicaSet") && !revision.isEmpty()) {
            info.add(new Info("Revision", "Rev:" + revision));
        }
        return new NodeFacts(info, List.of(), networking);
    }

    private static List<String> images(JsonNode pod) {
        Set<String> images = new LinkedHashSet<>();
        for (String list : new String[] {"initContainers", "containers"}) {
            for (JsonNode container : pod.path("spec").path(list)) {
                String image = container.path("image").asText("");
                if (!image.isEmpty()) {
                    images.add(image);
                }
            }
        }
        return List.copyOf(images);
    }
}
