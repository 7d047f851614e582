package io.driftless.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/// `meta.k8s.io/v1` Tables, what `kubectl get` shows.
final class Tables {
    /// Columns of built-in types: title, then the value as paths. `path` is a value, `path/path` two values
    /// with a slash,
    /// `#path` the number of entries; a leading `+` shows the column with `-o wide` alone.
    private static final Map<String, List<String>> COLUMNS = Map.ofEntries(
            Map.entry(
                    "deployments.apps",
                    List.of(
                            "Ready=status.readyReplicas/spec.replicas",
                            "Up-to-date=status.updatedReplicas",
                            "Available=status.availableReplicas",
                            "Age",
                            "+Containers=spec.template.spec.containers.*.name",
                            "+Images=spec.template.spec.containers.*.image",
                            "+Selector=spec.selector.matchLabels")),
            Map.entry(
                    "replicasets.apps",
                    List.of("Desired=spec.replicas", "Current=status.replicas", "Ready=status.readyReplicas", "Age")),
            Map.entry("statefulsets.apps", List.of("Ready=status.readyReplicas/spec.replicas", "Age")),
            Map.entry(
                    "daemonsets.apps",
                    List.of(
                            "Desired=status.desiredNumberScheduled",
                            "Current=status.currentNumberScheduled",
                            "Ready=status.numberReady",
                            "Age")),
            Map.entry(
                    "pods",
                    List.of(
                            "Ready=#status.containerStatuses/#spec.containers",
                            "Status=status.phase",
                            "Restarts=status.restarts",
                            "Age",
                            "+IP=status.podIP",
                            "+Node=spec.nodeName")),
            Map.entry(
                    "services",
                    List.of(
                            "Type=spec.type",
                            "Cluster-IP=spec.clusterIP",
                            "External-IP=status.loadBalancer.ingress.*.ip",
                            "Port(s)=spec.ports.*.port",
                            "Age",
                            "+Selector=spec.selector")),
            Map.entry(
                    "ingresses.networking.k8s.io",
                    List.of("Class=spec.ingressClassName", "Hosts=spec.rules.*.host", "Age")),
            Map.entry("jobs.batch", List.of("Completions=status.succeeded/spec.completions", "Age")),
            Map.entry("cronjobs.batch", List.of("Schedule=spec.schedule", "Suspend=spec.suspend", "Age")),
            Map.entry("namespaces", List.of("Status=status.phase", "Age")),
            Map.entry("nodes", List.of("Version=status.nodeInfo.kubeletVersion", "Age")),
            Map.entry("configmaps", List.of("Data=#data", "Age")),
            Map.entry("secrets", List.of("Type=type", "Data=#data", "Age")),
            Map.entry(
                    "persistentvolumeclaims",
                    List.of(
                            "Status=status.phase",
                            "Volume=spec.volumeName",
                            "Capacity=status.capacity.storage",
                            "Age")),
            Map.entry(
                    "horizontalpodautoscalers.autoscaling",
                    List.of(
                            "Reference=spec.scaleTargetRef.kind/spec.scaleTargetRef.name",
                            "MinPods=spec.minReplicas",
                            "MaxPods=spec.maxReplicas",
                            "Age")),
            Map.entry(
                    "poddisruptionbudgets.policy",
                    List.of("Min available=spec.minAvailable", "Max unavailable=spec.maxUnavailable", "Age")),
            Map.entry(
                    "events",
                    List.of(
                            "Type=type",
                            "Reason=reason",
                            "Object=involvedObject.kind/involvedObject.name",
                            "Message=message")));

    private Tables() {}

    static ObjectNode of(ResourceType type, Collection<ObjectNode> objects, String version, boolean whole) {
        ObjectNode out = Json.object().put("kind", "Table").put("apiVersion", "meta.k8s.io/v1");
        out.putObject("metadata").put("resourceVersion", version);
        List<String[]> columns = columns(type);
        ArrayNode definitions = out.putArray("columnDefinitions");
        for (String[] column : columns) {
            definitions
                    .addObject()
                    .put("name", column[0])
                    .put("type", column[2].isEmpty() ? "string" : column[2])
                    .put("format", column[0].equals("Name") ? "name" : "")
                    .put("description", column[0])
                    .put("priority", Integer.parseInt(column[3]));
        }
        ArrayNode rows = out.putArray("rows");
        Instant now = Instant.now();
        for (ObjectNode object : objects) {
            ObjectNode row = rows.addObject();
            ArrayNode cells = row.putArray("cells");
            columns.forEach(c -> cells.add(cell(object, c[1], now)));
            row.set("object", whole ? object : partial(object));
        }
        return out;
    }

    /// The object's metadata alone.
    static ObjectNode partial(ObjectNode object) {
        ObjectNode out = Json.object().put("kind", "PartialObjectMetadata").put("apiVersion", "meta.k8s.io/v1");
        out.set("metadata", object.path("metadata"));
        return out;
    }

    /// Name, path, type, priority of each column.
    private static List<String[]> columns(ResourceType type) {
        List<String[]> out = new ArrayList<>();
        out.add(new String[] {"Name", "metadata.name", "", "0"});
        JsonNode custom = type.custom() == null ? null : type.custom().path("additionalPrinterColumns");
        if (custom != null && !custom.isEmpty()) {
            custom.forEach(c -> out.add(new String[] {
                c.path("name").asText(),
                c.path("type").asText().equals("date")
                        ? "Age" + c.path("jsonPath").asText()
                        : c.path("jsonPath").asText(),
                c.path("type").asText().equals("date") ? "" : c.path("type").asText(),
                c.path("priority").asText("0")
            }));
            return out;
        }
        for (String column : COLUMNS.getOrDefault(type.id(), List.of("Age"))) {
            boolean wide = column.startsWith("+");
            String text = wide ? column.substring(1) : column;
            int equals = text.indexOf('=');
            String name = equals < 0 ? text : text.substring(0, equals);
            String path = equals < 0 ? "Age" : text.substring(equals + 1);
            out.add(new String[] {name, path, "", wide ? "1" : "0"});
        }
        return out;
    }

    private static String cell(JsonNode object, String path, Instant now) {
        if (path.startsWith("Age")) {
            String field = path.length() > 3 ? path.substring(3) : "metadata.creationTimestamp";
            String time = values(object, field);
            return time.isEmpty() ? "<unknown>" : age(Duration.between(Instant.parse(time), now));
        }
        boolean counted = path.contains("Replicas")
                || path.startsWith("#")
                || path.contains("replicas")
                || path.contains("succeeded")
                || path.contains("restarts");
        List<String> parts = new ArrayList<>();
        for (String part : path.split("/")) {
            String text;
            if (part.equals("#status.containerStatuses")) {
                text = Integer.toString(ready(object));
            } else if (part.startsWith("#")) {
                text = Integer.toString(at(object, part.substring(1)).size());
            } else {
                text = values(object, part);
            }
            parts.add(text.isEmpty() ? (counted ? "0" : "<none>") : text);
        }
        return String.join("/", parts);
    }

    private static int ready(JsonNode pod) {
        int ready = 0;
        for (JsonNode status : pod.path("status").path("containerStatuses")) {
            ready += status.path("ready").asBoolean() ? 1 : 0;
        }
        return ready;
    }

    private static JsonNode at(JsonNode object, String path) {
        JsonNode at = object;
        for (String part : path.split("\\.")) {
            at = part.isEmpty() ? at : at.path(part);
        }
        return at;
    }

    /// The values at a path, joined by commas; `*` and `[*]` stand for every item, `[?(@.a=="b")]` for
    /// those
    /// that match.
    private static String values(JsonNode object, String path) {
        List<JsonNode> found = List.of(object);
        String plain = path.replace("[*]", ".*");
        for (String part : plain.split("\\.(?![^\\[]*\\])")) {
            if (part.isEmpty()) {
                continue;
            }
            List<JsonNode> next = new ArrayList<>();
            int bracket = part.indexOf("[?(@.");
            String name = bracket < 0 ? part : part.substring(0, bracket);
            for (JsonNode node : found) {
                if (name.equals("*")) {
                    node.forEach(next::add);
                } else if (bracket < 0) {
                    next.add(node.path(name));
                } else {
                    String[] test =
                            part.substring(bracket + 5, part.length() - 2).split("==");
                    String wanted = test.length < 2 ? "" : test[1].replaceAll("[\"' ]", "");
                    node.path(name).forEach(item -> {
                        if (item.path(test[0].strip()).asText().equals(wanted)) {
                            next.add(item);
                        }
                    });
                }
            }
            found = next;
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode node : found) {
            if (node.isObject()) {
                node.properties()
                        .forEach(e -> texts.add(e.getKey() + "=" + e.getValue().asText()));
            } else if (!node.isMissingNode() && !node.isNull()) {
                texts.add(node.isArray() ? node.toString() : node.asText());
            }
        }
        return String.join(",", texts);
    }

    private static String age(Duration age) {
        long seconds = Math.max(0, age.toSeconds());
        if (seconds < 120) {
            return seconds + "s";
        }
        return seconds < 7200 ? seconds / 60 + "m" : seconds < 172_800 ? seconds / 3600 + "h" : seconds / 86_400 + "d";
    }
}
