package io.driftless.sandbox.defaults;

import static io.driftless.sandbox.defaults.Defaults.absent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.sandbox.model.Json;
import java.util.List;
import java.util.regex.Pattern;

/// The defaults of a pod's spec, wherever it occurs.
public final class PodDefaults {
    /// With the name of a registry in front or not, and with no digest: that never moves.
    private static final Pattern IMAGE = Pattern.compile("(?:[A-Za-z0-9][-A-Za-z0-9.]*(?::[0-9]+)?/)?"
            + "[a-z0-9]+(?:(?:[._/]|__|-+)[a-z0-9]+)*+(?::[A-Za-z0-9_][-A-Za-z0-9_.]*)?");

    private PodDefaults() {}

    static void apply(ObjectNode spec) {
        absent(spec, "restartPolicy", "Always");
        absent(spec, "terminationGracePeriodSeconds", 30);
        absent(spec, "dnsPolicy", "ClusterFirst");
        Json.child(spec, "securityContext");
        absent(spec, "schedulerName", "default-scheduler");
        if (spec.hasNonNull("serviceAccountName")) {
            spec.put("serviceAccount", spec.path("serviceAccountName").asText());
        } else if (spec.hasNonNull("serviceAccount")) {
            spec.put("serviceAccountName", spec.path("serviceAccount").asText());
        }
        for (String list : List.of("initContainers", "containers", "ephemeralContainers")) {
            spec.path(list).forEach(c -> {
                if (c instanceof ObjectNode container) {
                    container(container);
                }
            });
        }
        spec.path("volumes").forEach(volume -> {
            if (volume instanceof ObjectNode one && one.size() == 1 && one.has("name")) {
                one.putObject("emptyDir");
            }
            mode(volume.path("configMap"));
            mode(volume.path("secret"));
            mode(volume.path("projected"));
            mode(volume.path("downwardAPI"));
            if (volume.path("image") instanceof ObjectNode image) {
                absent(image, "pullPolicy", pull(image.path("reference").asText()));
            }
            if (volume.path("hostPath") instanceof ObjectNode path && !path.has("type")) {
                path.put("type", "");
            }
        });
    }

    /// Those of a pod that are not those of a template.
    static void alone(ObjectNode spec) {
        if (!spec.has("enableServiceLinks")) {
            spec.put("enableServiceLinks", true);
        }
        if (spec.path("terminationGracePeriodSeconds").asLong() < 0) {
            spec.put("terminationGracePeriodSeconds", 1);
        }
        requests(spec);
        PodLevelDefaults.apply(spec);
        if (spec.path("hostNetwork").asBoolean()) {
            hostPorts(spec);
        }
    }

    /// In the network of the node a port is that of the node.
    private static void hostPorts(ObjectNode spec) {
        for (String list : List.of("initContainers", "containers")) {
            for (JsonNode container : spec.path(list)) {
                container.path("ports").forEach(port -> {
                    if (port.path("hostPort").asInt() == 0) {
                        ((ObjectNode) port).set("hostPort", port.path("containerPort"));
                    }
                });
            }
        }
    }

    /// What is limited and not asked for is asked for.
    private static void requests(ObjectNode spec) {
        for (String list : List.of("initContainers", "containers")) {
            for (JsonNode container : spec.path(list)) {
                if (container.path("resources") instanceof ObjectNode resources
                        && resources.path("limits") instanceof ObjectNode limits) {
                    ObjectNode requests = Json.child(resources, "requests");
                    limits.properties().forEach(e -> {
                        if (!requests.has(e.getKey())) {
                            requests.set(e.getKey(), e.getValue());
                        }
                    });
                }
            }
        }
    }

    private static void mode(JsonNode source) {
        if (source instanceof ObjectNode object) {
            absent(object, "defaultMode", 420);
        }
    }

    /// What moves is pulled each time; what is no name of an image at all does not.
    private static String pull(String image) {
        String tag = image.substring(image.lastIndexOf('/') + 1);
        boolean latest = !tag.contains(":") && !tag.contains("@") || tag.endsWith(":latest");
        return latest && IMAGE.matcher(image).matches() ? "Always" : "IfNotPresent";
    }

    private static void container(ObjectNode container) {
        Json.child(container, "resources");
        absent(container, "terminationMessagePath", "/dev/termination-log");
        absent(container, "terminationMessagePolicy", "File");
        absent(container, "imagePullPolicy", pull(container.path("image").asText()));
        container.path("ports").forEach(p -> absent((ObjectNode) p, "protocol", "TCP"));
        for (JsonNode env : container.path("env")) {
            if (env.path("valueFrom").path("fieldRef") instanceof ObjectNode field) {
                absent(field, "apiVersion", "v1");
            }
        }
        for (String probe : List.of("livenessProbe", "readinessProbe", "startupProbe")) {
            if (container.get(probe) instanceof ObjectNode p) {
                absent(p, "timeoutSeconds", 1);
                absent(p, "periodSeconds", 10);
                absent(p, "successThreshold", 1);
                absent(p, "failureThreshold", 3);
                if (p.get("httpGet") instanceof ObjectNode get) {
                    absent(get, "path", "/");
                    absent(get, "scheme", "HTTP");
                }
            }
        }
    }
}
