package io.driftless.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.cluster.Cluster;
import io.driftless.events.ChildEvent.ChildObserved;
import io.driftless.events.GroupKind;
import io.driftless.events.LiveEvent.ResourceObserved;
import io.driftless.events.ResourceId;
import io.driftless.rpc.Call;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Kubernetes events about one resource of an Application, deployed by it or below what it
/// deployed; with none named about all that it deployed.
final class ResourceEventMethod {
    private static final int MOST_EVENTS = 500;
    private final ApplicationAccess access;
    private final OwnedResources owned;

    ResourceEventMethod(ApplicationAccess access, OwnedResources owned) {
        this.access = access;
        this.owned = owned;
    }

    /// Where to look: events lie in the namespace of what they are about.
    private record Place(String cluster, String namespace) implements Comparable<Place> {
        @Override
        public int compareTo(Place other) {
            return (cluster + '|' + namespace).compareTo(other.cluster + '|' + other.namespace);
        }
    }

    JsonNode answer(Call call, ObjectNode request) {
        ObjectNode application = access.get(call, "get", request);
        String name = request.path("resourceName").asText("");
        String uid = request.path("resourceUID").asText("");
        Map<Place, Set<String>> uids = new TreeMap<>();
        for (ResourceObserved live : owned.all(application)) {
            if (asked(request, name, uid, live.resource(), live.uid())) {
                add(uids, live.cluster(), live.resource(), live.uid());
            }
        }
        if (!name.isEmpty() || !uid.isEmpty()) {
            for (ChildObserved child : owned.below(application)) {
                if (asked(request, name, uid, child.resource(), child.uid())) {
                    add(uids, child.cluster(), child.resource(), child.uid());
                }
            }
        }
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.putObject("metadata");
        ArrayNode items = answer.putArray("items");
        uids.forEach((place, about) -> addEvents(items, place, about));
        return answer;
    }

    private static boolean asked(ObjectNode request, String name, String uid, ResourceId id, String itsUid) {
        return (name.isEmpty()
                        || id.name().equals(name)
                                && id.namespace()
                                        .equals(request.path("resourceNamespace")
                                                .asText("")))
                && (uid.isEmpty() || uid.equals(itsUid));
    }

    private static void add(Map<Place, Set<String>> uids, String cluster, ResourceId id, String uid) {
        String namespace = id.namespace().isEmpty() ? "default" : id.namespace();
        uids.computeIfAbsent(new Place(cluster, namespace), place -> new TreeSet<>())
                .add(uid);
    }

    private void addEvents(ArrayNode items, Place place, Set<String> about) {
        Cluster cluster = owned.cluster(place.cluster());
        for (JsonNode event :
                ControlObjects.answered(() -> cluster.list(new GroupKind("", "Event"), place.namespace(), ""))) {
            if (items.size() < MOST_EVENTS
                    && about.contains(event.path("involvedObject").path("uid").asText())) {
                items.add(event);
            }
        }
    }
}
