package io.driftless.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.events.ApplicationEvent.ApplicationDeclared;
import io.driftless.events.Event;
import io.driftless.events.ResourceId;
import io.driftless.events.Topic;
import io.driftless.stage.Fact;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The truth about one Application, seen from outside: what Git holds for it, and what the cluster does.
///
/// @param name `namespace/name`
/// @param declared the custom resource
/// @param files what the head of the branch holds for it
record AtRest(World world, String name, ObjectNode declared, Map<String, Repository.File> files) {
    /// All Applications that are there to stay.
    static Map<String, AtRest> all(World world) {
        Map<String, AtRest> found = new TreeMap<>();
        world.declarations.all().forEach((name, object) -> {
            if (!ModelCluster.deleting(object)) {
                found.put(name, new AtRest(world, name, object, Repository.files(world.repository.head(), name)));
            }
        });
        return found;
    }

    String uid() {
        return ModelCluster.uid(declared);
    }

    /// The edition that was published; -1 when it is another than what is declared.
    long generation() {
        return last(Topic.APPLICATIONS, "") instanceof ApplicationDeclared published
                        && published.uid().equals(uid())
                        && published.document().equals(declared.path("spec"))
                ? published.generation()
                : -1;
    }

    Ledger.Policy policy() {
        return world.ledger.latest(name);
    }

    /// Whether the head can be rendered.
    boolean renderable() {
        return files.values().stream().allMatch(Repository.File::readable);
    }

    /// The resources that the head wants, with the value each has to say.
    Map<ResourceId, Integer> wanted() {
        Map<ResourceId, Integer> wanted = new TreeMap<>();
        files.forEach((file, content) -> wanted.put(Manifests.id(name, file), content.value()));
        return wanted;
    }

    /// The objects of the cluster that say they are its.
    Map<ResourceId, ObjectNode> live() {
        Map<ResourceId, ObjectNode> live = new TreeMap<>();
        world.cluster.objects().forEach((id, object) -> {
            if (!id.kind().equals("Application") && Manifests.owner(object).equals(name)) {
                live.put(id, object);
            }
        });
        return live;
    }

    /// Whether an object is what Git says.
    boolean asWanted(int value, @Nullable JsonNode object) {
        if (object == null || Manifests.value(object) != value) {
            return false;
        }
        boolean sizeCounts = object.path("kind").asText().equals("ConfigMap") && !policy().ignoreSize();
        return !sizeCounts || Manifests.size(object).equals("1");
    }

    boolean allAsWanted() {
        return wanted().entrySet().stream()
                .allMatch(item -> asWanted(item.getValue(), world.cluster.get(item.getKey())));
    }

    boolean surplus() {
        Map<ResourceId, Integer> wanted = wanted();
        return live().keySet().stream().anyMatch(id -> !wanted.containsKey(id));
    }

    @Nullable
    Event last(Topic topic, String detail) {
        Fact fact = world.log.table(topic).get(detail.isEmpty() ? name : name + '|' + detail);
        return fact == null ? null : Outbox.event(fact);
    }
}
