package io.driftless.objects;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.driftless.objects.ManagedFields.Manager;
import io.driftless.objects.ManagedFields.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Manifests and live objects changed at random: the comparison finds differences exactly where an apply changes
/// something, and none after it.
class ComparisonAgreesWithMergeTest {
    private static final int RUNS = 3_000;
    private static final String TIME = "2026-01-01T00:00:00Z";
    private static final Manager US = new Manager("argocd-controller", Operation.Apply, "apps/v1", "");
    private static final Manager THEM = new Manager("kubectl-edit", Operation.Update, "apps/v1", "");
    private static final Schema SCHEMA = Schemas.of("apps/v1", "Deployment");
    private static final String MANIFEST = "apps/v1 Deployment {metadata: {name: a, labels: {x: '1', y: '2'}, "
            + "finalizers: [e/f, e/g]}, spec: {replicas: 2, selector: {matchLabels: {x: '1', z: '3'}}, "
            + "template: {metadata: {labels: {x: '1'}}, spec: {nodeSelector: {disk: ssd, zone: b}, "
            + "tolerations: [{key: k, effect: NoSchedule}, {key: l}], volumes: [{name: v, configMap: {name: c}}], "
            + "containers: [{name: web, image: 'web:1', args: [a, b], ports: [{containerPort: 80, name: http}], "
            + "env: [{name: A, value: '1'}, {name: B, value: '2'}], resources: {limits: {cpu: 500m, memory: 1Gi}}}, "
            + "{name: side, image: 'side:1'}]}}}}";

    @Test
    void findsDifferencesExactlyWhereAnApplyChangesSomething() {
        int differing = 0;
        for (long seed = 1; seed <= RUNS; seed++) {
            Random random = new Random(seed);
            ObjectNode first = ComparisonTest.object(MANIFEST);
            StructuredMerge.Merged live = apply(empty(), ManagedFields.of(first), first);
            if (random.nextBoolean()) {
                live = edit(live, random);
            }
            ObjectNode desired = first.deepCopy();
            if (random.nextBoolean()) {
                mutate(desired, random);
            }

            List<Comparison.Difference> found = Comparison.differences(desired, withOwners(live), US.name());
            StructuredMerge.Merged after = apply(live.object(), live.managers(), desired);

            boolean changes = !Typed.compare(SCHEMA, full(live.object()), full(after.object()))
                    .same();
            String story = "seed " + seed + "\ndesired " + desired + "\nlive    " + live.object() + "\nours    "
                    + live.managers().appliedBy(US.name()) + "\nafter   " + after.object() + "\nfound   " + found;
            assertThat(!found.isEmpty()).as(story).isEqualTo(changes);
            assertThat(Comparison.differences(desired, withOwners(after), US.name()))
                    .as(story)
                    .isEmpty();
            differing += changes ? 1 : 0;
        }
        assertThat(differing).isBetween(RUNS / 3, RUNS);
    }

    private static StructuredMerge.Merged apply(ObjectNode live, ManagedFields managers, ObjectNode manifest) {
        return (StructuredMerge.Merged)
                StructuredMerge.apply(SCHEMA, live, managers, manifest, US, FieldSet.EMPTY, true, TIME);
    }

    private static StructuredMerge.Merged edit(StructuredMerge.Merged live, Random random) {
        ObjectNode edited = live.object().deepCopy();
        mutate(edited, random);
        ManagedFields owners =
                StructuredMerge.update(SCHEMA, live.object(), edited, live.managers(), THEM, FieldSet.EMPTY, TIME);
        return new StructuredMerge.Merged(edited, owners);
    }

    private static ObjectNode withOwners(StructuredMerge.Merged merged) {
        ObjectNode object = merged.object().deepCopy();
        object.withObject("/metadata").set("managedFields", merged.managers().toJson());
        return object;
    }

    /// Without empty maps and lists: servers leave many of them out, so that they are no difference.
    private static ObjectNode full(ObjectNode object) {
        ObjectNode copy = object.deepCopy();
        List<JsonNode> containers = new ArrayList<>();
        collect(copy, containers);
        for (JsonNode container : containers.reversed()) {
            for (var children = container.elements(); children.hasNext(); ) {
                JsonNode child = children.next();
                if (child.isContainerNode() && child.isEmpty()) {
                    children.remove();
                }
            }
        }
        return copy;
    }

    private static ObjectNode empty() {
        return com.fasterxml.jackson.databind.node.JsonNodeFactory.instance.objectNode();
    }

    /// Changes, removes or adds something below labels, finalizers or spec.
    private static void mutate(ObjectNode object, Random random) {
        List<JsonNode> containers = new ArrayList<>();
        collect(object.path("spec"), containers);
        containers.add(object.path("metadata").path("labels"));
        containers.add(object.path("metadata").path("finalizers"));
        for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
            change(containers.get(random.nextInt(containers.size())), random);
        }
    }

    private static void collect(JsonNode node, List<JsonNode> out) {
        if (node.isContainerNode()) {
            out.add(node);
            node.forEach(child -> collect(child, out));
        }
    }

    private static void change(JsonNode container, Random random) {
        switch (container) {
            case ObjectNode object
            when !object.isEmpty() -> {
                List<String> names = new ArrayList<>();
                object.fieldNames().forEachRemaining(names::add);
                String name = names.get(random.nextInt(names.size()));
                boolean key = name.equals("name") || name.equals("containerPort");
                if (!key && random.nextBoolean()) {
                    object.remove(name);
                } else if (!key && object.path(name).isTextual()) {
                    object.put(name, "other" + random.nextInt(3));
                } else if (!key && object.path(name).isNumber()) {
                    object.put(name, 7);
                }
            }
            case ArrayNode list
            when !list.isEmpty() -> {
                int at = random.nextInt(list.size());
                if (random.nextBoolean()) {
                    list.remove(at);
                } else if (list.get(at).isTextual()) {
                    list.set(at, TextNode.valueOf("e/" + random.nextInt(3)));
                } else if (list.get(at).has("name")) {
                    ObjectNode copy = list.get(at).deepCopy();
                    list.add(copy.put("name", "added" + random.nextInt(100)).put("containerPort", 90));
                    copy.remove(list.get(at).has("containerPort") ? List.of() : List.of("containerPort"));
                }
            }
            default -> {}
        }
    }
}
