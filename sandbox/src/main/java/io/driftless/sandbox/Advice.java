package io.driftless.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Warnings about objects that are accepted as they are, though hardly meant so.
final class Advice {
    private Advice() {}

    /// @param created whether the object was not there before
    static List<String> about(ResourceType type, JsonNode object, boolean created) {
        List<String> out = new ArrayList<>();
        switch (type.id()) {
            case "secrets" -> {
                if (object.path("type").asText().equals("kubernetes.io/tls")) {
                    certificate(object.path("data"), out);
                }
            }
            case "services" -> service(object.path("spec"), out);
            case "ingresses.networking.k8s.io" -> {
                if (created && object.path("metadata").path("annotations").has("kubernetes.io/ingress.class")) {
                    out.add(
                            "annotation \"kubernetes.io/ingress.class\" is deprecated, please use 'spec.ingressClassName'"
                                    + " instead");
                }
            }
            case "endpointslices.discovery.k8s.io" -> {
                if (object.path("addressType").asText().equals("FQDN")) {
                    out.add("spec.addressType: FQDN endpoints are deprecated");
                }
            }
            case "deployments.apps", "statefulsets.apps", "daemonsets.apps", "replicasets.apps", "jobs.batch" ->
                pod("spec.template.spec", object.path("spec").path("template").path("spec"), out);
            case "cronjobs.batch" ->
                pod("spec.jobTemplate.spec.template.spec", object.at("/spec/jobTemplate/spec/template/spec"), out);
            case "podtemplates" -> pod("template.spec", object.path("template").path("spec"), out);
            case "pods" -> pod("spec", object.path("spec"), out);
            default -> {}
        }
        return out;
    }

    /// Whether there is something like a certificate with its key; whether they fit is not looked at.
    private static void certificate(JsonNode data, List<String> out) {
        if (!pem(data.path("tls.crt").asText())) {
            out.add("tls: failed to find any PEM data in certificate input");
        } else if (!pem(data.path("tls.key").asText())) {
            out.add("tls: failed to find any PEM data in key input");
        }
    }

    private static boolean pem(String encoded) {
        return new String(Base64.getMimeDecoder().decode(encoded), StandardCharsets.ISO_8859_1).contains("-----BEGIN ");
    }

    private static void service(JsonNode spec, List<String> out) {
        if (!spec.path("externalIPs").isEmpty()) {
            out.add("spec.externalIPs is deprecated and may no longer be implemented in some clusters");
        }
        if (spec.path("clusterIP").asText().equals("None")
                && spec.path("sessionAffinity").asText().equals("ClientIP")) {
            out.add("spec.SessionAffinity is ignored for headless services");
        }
        if (spec.has("externalName") && !spec.path("type").asText().equals("ExternalName")) {
            out.add("spec.externalName is ignored when spec.type is not \"ExternalName\"");
        }
        if (spec.path("trafficDistribution").asText().equals("PreferClose")) {
            out.add("spec.trafficDistribution: \"PreferClose\" is deprecated; use \"PreferSameZone\"");
        }
    }

    private static void pod(String at, JsonNode spec, List<String> out) {
        for (int i = 0; i < spec.path("topologySpreadConstraints").size(); i++) {
            if (!spec.path("topologySpreadConstraints").get(i).has("labelSelector")) {
                out.add(at + ".topologySpreadConstraints[" + i
                        + "].labelSelector: a null labelSelector results in matching no pod");
            }
        }
        secrets(at + ".imagePullSecrets", spec.path("imagePullSecrets"), out);
        if (spec.path("terminationGracePeriodSeconds").asInt() < 0) {
            out.add(at + ".terminationGracePeriodSeconds: must be >= 0; negative values are invalid and will be treated"
                    + " as 1");
        }
        for (String containers : List.of("initContainers", "containers")) {
            for (int i = 0; i < spec.path(containers).size(); i++) {
                environment(
                        at + "." + containers + "[" + i + "].env",
                        spec.path(containers).get(i).path("env"),
                        out);
            }
        }
    }

    private static void secrets(String at, JsonNode secrets, List<String> out) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < secrets.size(); i++) {
            String name = secrets.get(i).path("name").asText();
            if (name.isEmpty()) {
                out.add(at + "[" + i + "].name: invalid empty name \"\"");
            } else if (!seen.add(name)) {
                out.add(at + "[" + i + "].name: duplicate name \"" + name + "\"");
            }
        }
    }

    private static void environment(String at, JsonNode variables, List<String> out) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < variables.size(); i++) {
            String name = variables.get(i).path("name").asText();
            if (!name.isEmpty() && !seen.add(name)) {
                out.add(at + "[" + i + "]: hides previous definition of \"" + name
                        + "\", which may be dropped when using apply");
            }
        }
    }
}
