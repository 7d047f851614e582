package io.driftless.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// An answer without what no two servers have in common: versions, times, unique ids, addresses, what controllers say.
final class Likened {
    private static final Set<String> OWN = Set.of(
            "uid",
            "resourceVersion",
            "creationTimestamp",
            "deletionTimestamp",
            "time",
            "clusterIP",
            "clusterIPs",
            "nodePort",
            "healthCheckNodePort",
            "continue");
    private static final Set<String> PROTECTIONS =
            Set.of("kubernetes.io/pvc-protection", "kubernetes.io/pv-protection");
    /// Annotations that controllers write at a time of their own: of autoscalers they are the status in its older form.
    private static final Set<String> CONTROLLERS = Set.of(
            "deployment.kubernetes.io/revision",
            "autoscaling.alpha.kubernetes.io/conditions",
            "autoscaling.alpha.kubernetes.io/current-metrics");
    /// What these make comes and goes at a time of its own.
    private static final Set<String> MAKERS = Set.of("Deployment", "ReplicaSet", "StatefulSet", "DaemonSet", "Job");
    private static final Pattern ENTRY =
            Pattern.compile("^(data|binaryData)\\[|^metadata\\.(labels|annotations)$|matchLabels$|^spec\\.selector$");
    private static final String CUSTOM = "Widget.differential.example.com";
    private static final String UNTYPED = "failed to create typed patch object";
    private static final String UNKNOWN_FIELD = ": field not declared in schema";
    private final String namespace;
    private final boolean controlled;
    private final boolean unordered;

    private Likened(String namespace, boolean controlled, boolean unordered) {
        this.unordered = unordered;
        this.namespace = namespace;
        this.controlled = controlled;
    }

    static String of(Answer answer, String namespace, boolean controlled) {
        Likened likened = new Likened(namespace, controlled, unordered(answer));
        Set<String> warnings = new TreeSet<>(answer.headers().allValues("Warning"));
        String body = answer.body().isMissingNode()
                ? answer.raw()
                : likened.tree(answer.body()).toPrettyString();
        return answer.code() + "\n" + likened.text(warnings.toString()) + "\n" + likened.text(body);
    }

    /// Whether these finalizers are the protection of a claim or a volume and no more.
    static boolean isProtection(JsonNode finalizers) {
        return finalizers.size() == 1 && PROTECTIONS.contains(finalizers.path(0).asText());
    }

    private String text(String text) {
        return text.replace(namespace, "NS")
                .replaceAll("\\b(?!11111111)[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\\b", "UID")
                .replaceAll("\\b10\\.\\d+\\.\\d+\\.\\d+\\b", "IP")
                .replaceAll("ResourceVersion in record \\(\\d+\\)", "ResourceVersion in record (*)")
                .replaceAll("(?m)(was previously negative\\))\\\\n.*?(]?\",?)$", "$1$2")
                .replaceAll("\\b(g|o|other)-[a-z0-9]{5}\\b", "$1-*")
                // The object that a patch made is shown with the fields of its Go type in their order.
                .replaceAll("(patch: )?Invalid value: \\\\\"\\{.*?}\\\\\": ", "$1Invalid value: the object: ");
    }

    private JsonNode tree(JsonNode node) {
        if (node instanceof ObjectNode fields) {
            ObjectNode made = Api.JSON.createObjectNode();
            new TreeSet<>(names(fields)).forEach(name -> field(made, name, fields.path(name)));
            return made;
        }
        if (node instanceof ArrayNode items) {
            ArrayNode made = Api.JSON.createArrayNode();
            inNoOrder(items).forEach(item -> {
                JsonNode known = tree(item);
                boolean again = known.has("reason") && known.has("field") && contains(made, known);
                boolean controllers = item.path("manager").asText().startsWith("kube-");
                String named = item.at("/metadata/name").asText();
                // Those of the real server's own parts, of which the sandbox has a few.
                boolean own = named.equals("kube-root-ca.crt") || named.startsWith("system:");
                boolean others = MAKERS.contains(
                        item.at("/metadata/ownerReferences/0/kind").asText());
                boolean protection = PROTECTIONS.contains(item.asText());
                if (!again && !controllers && !own && !(controlled && others) && !protection) {
                    made.add(known);
                }
            });
            return made;
        }
        return node;
    }

    /// The managers that an apply is in conflict with, the real server tells in no order.
    private static Iterable<JsonNode> inNoOrder(ArrayNode items) {
        List<JsonNode> all = new ArrayList<>();
        items.forEach(all::add);
        if (!all.isEmpty()
                && all.stream().allMatch(item -> item.path("reason").asText().equals("FieldManagerConflict"))) {
            all.sort(java.util.Comparator.comparing(JsonNode::toString));
        }
        return all;
    }

    /// What is wrong with an update, the real server tells as often as it looked.
    private static boolean contains(ArrayNode causes, JsonNode cause) {
        for (JsonNode one : causes) {
            if (one.equals(cause)) {
                return true;
            }
        }
        return false;
    }

    private void field(ObjectNode made, String name, JsonNode value) {
        // A deployment counts up when its annotations change, which its controller does at a time of its own.
        boolean counted = controlled && name.equals("generation");
        boolean none = counted || name.equals("annotations") && tree(value).isEmpty();
        if (none || controlled && name.equals("status") && value.isObject() || CONTROLLERS.contains(name)) {
            return;
        }
        if (name.equals("finalizers")
                && value.isArray()
                && !value.isEmpty()
                && tree(value).isEmpty()) {
            // Who writes a claim or a volume without its protection gets it back from a controller, at a time of its
            // own.
            return;
        }
        if (name.equals("managedFields")) {
            List<JsonNode> entries = new ArrayList<>();
            tree(value).forEach(entries::add);
            entries.sort(java.util.Comparator.comparing(JsonNode::toString));
            made.putArray(name).addAll(entries);
        } else if (OWN.contains(name)
                && value.isValueNode()
                && !value.isNull()
                && !value.asText().equals("None")) {
            made.set(name, TextNode.valueOf("*"));
        } else if (name.equals("remainingItemCount") && controlled) {
            // There are more roles of its own on the real server.
            made.set(name, TextNode.valueOf("*"));
        } else if (OWN.contains(name)
                && value.isArray()
                && !value.path(0).asText().equals("None")) {
            made.set(name, TextNode.valueOf("*"));
        } else if (name.equals("causes") && anyOrder(value)) {
            List<JsonNode> causes = new ArrayList<>();
            tree(value).forEach(causes::add);
            causes.sort(java.util.Comparator.comparing(JsonNode::toString));
            made.putArray(name).addAll(causes);
        } else if (name.equals("message") && unordered) {
            made.set(name, TextNode.valueOf(sorted(value.asText())));
        } else if (name.equals("message") && value.asText().startsWith(UNTYPED)) {
            made.set(name, TextNode.valueOf(anyOrder(value.asText())));
        } else {
            made.set(name, tree(value));
        }
    }

    /// The real server looks at the fields of an object in no order, and ends at the first one that it does not know:
    /// what else is wrong with that object is told or not.
    private static String anyOrder(String message) {
        return message.contains(UNKNOWN_FIELD)
                ? UNTYPED + UNKNOWN_FIELD
                : message.lines().sorted().collect(Collectors.joining("\n"));
    }

    /// Whether the real server looks in no order at what it refuses: at the fields of a custom resource, and at several
    /// entries of a map.
    private static boolean unordered(Answer answer) {
        Set<JsonNode> entries = new HashSet<>();
        for (JsonNode cause : answer.at("/details/causes")) {
            if (ENTRY.matcher(cause.path("field").asText()).find()) {
                entries.add(cause);
            }
        }
        return entries.size() > 1 || answer.message().contains(CUSTOM);
    }

    /// Conflicts with several managers are told in no order too.
    private boolean anyOrder(JsonNode causes) {
        return causes.path(0).path("reason").asText().equals("FieldManagerConflict") || unordered;
    }

    /// The same causes in the text of a refusal.
    private static String sorted(String message) {
        int from = message.indexOf("is invalid: [");
        return from < 0
                ? message
                : message.substring(0, from)
                        + Stream.of(message.substring(from).split(", (?=[\\w.<>\\[\\] ]+: )|is invalid: \\[|\\]$"))
                                .sorted()
                                .toList();
    }

    private static List<String> names(ObjectNode node) {
        return node.properties().stream().map(Map.Entry::getKey).toList();
    }
}
