package io.driftless.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.sandbox.ApiError.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What makes objects of some built-in kinds invalid.
final class KindRules {
    private static final Pattern DATA_KEY = Pattern.compile("[-._a-zA-Z0-9]{1,253}");
    private static final Map<String, List<String>> SECRETS = Map.of(
            "kubernetes.io/tls", List.of("tls.crt", "tls.key"),
            "kubernetes.io/dockerconfigjson", List.of(".dockerconfigjson"),
            "kubernetes.io/dockercfg", List.of(".dockercfg"),
            "kubernetes.io/ssh-auth", List.of("ssh-privatekey"));

    private KindRules() {}

    static List<Problem> problems(ResourceType type, JsonNode object, @Nullable JsonNode before) {
        List<Problem> out = new ArrayList<>();
        switch (type.id()) {
            case "deployments.apps", "replicasets.apps", "statefulsets.apps", "daemonsets.apps" ->
                workload(object.path("spec"), before, out);
            case "pods" -> containers("spec.containers", object.path("spec").path("containers"), out);
            case "configmaps" -> data(object, before, out);
            case "secrets" -> {
                data(object, before, out);
                secret(object, before, out);
            }
            case "services" -> service(object.path("spec"), out);
            case "customresourcedefinitions.apiextensions.k8s.io" -> out.addAll(DefinitionRules.problems(object));
            default -> {}
        }
        return out;
    }

    private static void data(JsonNode object, @Nullable JsonNode before, List<Problem> out) {
        for (String field : List.of("data", "binaryData")) {
            for (Map.Entry<String, JsonNode> entry : object.path(field).properties()) {
                String at = field + "[" + entry.getKey() + "]";
                if (!DATA_KEY.matcher(entry.getKey()).matches()) {
                    out.add(new Problem(at, "Invalid value: \"" + entry.getKey() + "\": a valid key is required"));
                }
                if (!entry.getValue().isTextual()) {
                    out.add(new Problem(at, "Invalid value: " + entry.getValue() + ": must be text"));
                }
            }
            if (before != null
                    && before.path("immutable").asBoolean()
                    && !before.path(field).equals(object.path(field))) {
                out.add(new Problem(field, "Forbidden: field is immutable when `immutable` is set"));
            }
        }
        if (before != null
                && before.path("immutable").asBoolean()
                && !object.path("immutable").asBoolean()) {
            out.add(new Problem("immutable", "Forbidden: field is immutable when `immutable` is set"));
        }
    }

    private static void secret(JsonNode object, @Nullable JsonNode before, List<Problem> out) {
        String type = object.path("type").asText();
        for (String key : SECRETS.getOrDefault(type, List.of())) {
            if (!object.path("data").has(key)) {
                out.add(new Problem("data[" + key + "]", "Required value"));
            }
        }
        if (before != null && !before.path("type").asText().equals(type)) {
            out.add(new Problem("type", "Invalid value: \"" + type + "\": field is immutable"));
        }
    }

    private static void service(JsonNode spec, List<Problem> out) {
        boolean external = spec.path("type").asText().equals("ExternalName");
        if (!external
                && spec.path("ports").isEmpty()
                && !spec.path("clusterIP").asText().equals("None")) {
            out.add(new Problem("spec.ports", "Required value"));
        }
        for (int i = 0; i < spec.path("ports").size(); i++) {
            int port = spec.path("ports").get(i).path("port").asInt();
            if (port < 1 || port > 65_535) {
                out.add(new Problem(
                        "spec.ports[" + i + "].port",
                        "Invalid value: " + port + ": must be between 1 and 65535, inclusive"));
            }
        }
    }

    private static void workload(JsonNode spec, @Nullable JsonNode before, List<Problem> out) {
        JsonNode selector = spec.path("selector");
        if (selector.isEmpty()) {
            out.add(new Problem("spec.selector", "Required value"));
        }
        JsonNode labels = spec.path("template").path("metadata").path("labels");
        for (Map.Entry<String, JsonNode> entry : selector.path("matchLabels").properties()) {
            if (!entry.getValue().equals(labels.get(entry.getKey()))) {
                out.add(new Problem(
                        "spec.template.metadata.labels",
                        "Invalid value: " + labels + ": `selector` does not match template `labels`"));
                break;
            }
        }
        containers(
                "spec.template.spec.containers",
                spec.path("template").path("spec").path("containers"),
                out);
        JsonNode replicas = spec.path("replicas");
        if (replicas.asInt() < 0) {
            out.add(new Problem(
                    "spec.replicas", "Invalid value: " + replicas + ": must be greater than or equal to 0"));
        }
        if (before != null && !before.path("spec").path("selector").equals(selector)) {
            out.add(new Problem("spec.selector", "Invalid value: " + selector + ": field is immutable"));
        }
    }

    private static void containers(String at, JsonNode containers, List<Problem> out) {
        if (containers.isEmpty()) {
            out.add(new Problem(at, "Required value"));
        }
        for (int i = 0; i < containers.size(); i++) {
            for (String field : List.of("name", "image")) {
                if (containers.get(i).path(field).asText().isEmpty()) {
                    out.add(new Problem(at + "[" + i + "]." + field, "Required value"));
                }
            }
        }
    }
}
