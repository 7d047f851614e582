package io.driftless.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.cluster.Cluster;
import io.driftless.events.GroupKind;
import io.driftless.events.LiveEvent.ResourceObserved;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;

/// The pods that belong to the workloads of an Application, found through their selectors and proved by who owns them.
final class ApplicationPods {
    private static final Set<String> WORKLOADS = Set.of("Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Job");
    private final OwnedResources owned;

    ApplicationPods(OwnedResources owned) {
        this.owned = owned;
    }

    /// A pod and the cluster it runs on.
    record Pod(Cluster cluster, JsonNode object) {
        String name() {
            return object.path("metadata").path("name").asText();
        }

        String namespace() {
            return object.path("metadata").path("namespace").asText();
        }
    }

    /// The pods that the request is about: of one name, of one workload, or all. Blocks.
    List<Pod> of(ObjectNode application, ObjectNode request) {
        String kind = request.path("kind").asText("");
        String name = request.path("resourceName").asText("");
        String pod = request.path("podName").asText("");
        List<Pod> pods = new ArrayList<>();
        for (ResourceObserved live : owned.all(application)) {
            boolean asked = (kind.isEmpty() || kind.equals(live.resource().kind()))
                    && (name.isEmpty() || name.equals(live.resource().name()));
            if (asked || kind.equals("Pod")) {
                pods.addAll(of(live));
            }
        }
        pods.removeIf(found -> !pod.isEmpty() && !found.name().equals(pod));
        return pods;
    }

    private List<Pod> of(ResourceObserved live) {
        Cluster cluster = owned.cluster(live);
        if (live.resource().kind().equals("Pod")) {
            return List.of(new Pod(cluster, live.object()));
        }
        if (!WORKLOADS.contains(live.resource().kind())) {
            return List.of();
        }
        String selector = selector(live.object().path("spec").path("selector").path("matchLabels"));
        if (selector.isEmpty()) {
            return List.of();
        }
        String namespace = live.resource().namespace();
        return ControlObjects.answered(() -> {
            Set<String> owners = new HashSet<>(Set.of(live.uid()));
            if (live.resource().kind().equals("Deployment")) {
                cluster.list(new GroupKind("apps", "ReplicaSet"), namespace, selector).stream()
                        .filter(set -> ownedByAny(set, owners))
                        .map(set -> set.path("metadata").path("uid").asText())
                        .toList()
                        .forEach(owners::add);
            }
            return cluster.list(new GroupKind("", "Pod"), namespace, selector).stream()
                    .filter(pod -> ownedByAny(pod, owners))
                    .map(pod -> new Pod(cluster, pod))
                    .toList();
        });
    }

    private static boolean ownedByAny(JsonNode object, Set<String> owners) {
        for (JsonNode owner : object.path("metadata").path("ownerReferences")) {
            if (owners.contains(owner.path("uid").asText())) {
                return true;
            }
        }
        return false;
    }

    private static String selector(JsonNode labels) {
        StringJoiner selector = new StringJoiner(",");
        labels.properties()
                .forEach(label ->
                        selector.add(label.getKey() + '=' + label.getValue().asText()));
        return selector.toString();
    }
}
