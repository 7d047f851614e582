package io.driftless.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.cluster.Cluster;
import io.driftless.events.ChildEvent.ChildObserved;
import io.driftless.events.ChildEvent.Owner;
import io.driftless.events.LiveEvent.ResourceObserved;
import io.driftless.events.ResourceId;
import io.driftless.http.HttpFailure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/// The pods that an Application deployed or that lie below what it deployed.
final class ApplicationPods {
    /// Logs of more at once are for other tools.
    private static final int MOST_PODS = 10;

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

    /// The pods that the request is about: of one name, below one resource, or all. Blocks.
    List<Pod> of(ObjectNode application, ObjectNode request) {
        String pod = request.path("podName").asText("");
        String namespace = request.path("namespace").asText("");
        Predicate<ResourceId> wanted = id -> id.kind().equals("Pod")
                && id.group().isEmpty()
                && (pod.isEmpty() || id.name().equals(pod))
                && (namespace.isEmpty() || id.namespace().equals(namespace));
        List<Pod> pods = new ArrayList<>();
        for (ResourceObserved live : owned.all(application)) {
            if (wanted.test(live.resource()) && asked(request, live.resource())) {
                pods.add(new Pod(owned.cluster(live), live.object()));
            }
        }
        List<ChildObserved> children = owned.below(application);
        Set<String> above = uidsAsked(application, request, children);
        List<ChildObserved> found = children.stream()
                .filter(child -> wanted.test(child.resource()))
                .filter(child -> asked(request, child.resource()) || above.contains(child.uid()))
                .toList();
        if (pods.size() + found.size() > MOST_PODS) {
            throw HttpFailure.invalid("max pods to view logs are reached. Please provide more granular query");
        }
        found.forEach(child ->
                owned.read(child).ifPresent(live -> pods.add(new Pod(owned.cluster(live), live.object()))));
        return pods;
    }

    private static boolean asked(ObjectNode request, ResourceId id) {
        String kind = request.path("kind").asText("");
        String name = request.path("resourceName").asText("");
        return (kind.isEmpty() || kind.equals(id.kind()))
                && (name.isEmpty() || name.equals(id.name()))
                && (!request.has("group")
                        || kind.isEmpty()
                        || request.path("group").asText("").equals(id.group()));
    }

    /// What is asked for, and everything below it.
    private Set<String> uidsAsked(ObjectNode application, ObjectNode request, List<ChildObserved> children) {
        Set<String> uids = new HashSet<>();
        owned.all(application).stream()
                .filter(live -> asked(request, live.resource()))
                .forEach(live -> uids.add(live.uid()));
        children.stream().filter(child -> asked(request, child.resource())).forEach(child -> uids.add(child.uid()));
        Map<String, ChildObserved> byUid = new HashMap<>();
        children.forEach(child -> byUid.put(child.uid(), child));
        Set<String> below = new HashSet<>(uids);
        children.stream().filter(child -> leadsTo(child, uids, byUid, 0)).forEach(child -> below.add(child.uid()));
        return below;
    }

    private static boolean leadsTo(ChildObserved child, Set<String> uids, Map<String, ChildObserved> all, int depth) {
        for (Owner owner : child.owners()) {
            ChildObserved above = all.get(owner.uid());
            if (uids.contains(owner.uid()) || depth < 10 && above != null && leadsTo(above, uids, all, depth + 1)) {
                return true;
            }
        }
        return false;
    }
}
