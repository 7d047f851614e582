package io.driftless.sandbox.rules;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Warnings about the spec of a pod that is accepted, wherever it occurs.
public final class PodAdvice {
    /// Labels of nodes that have other names by now.
    private static final Map<String, String> RENAMED = Map.of(
            "beta.kubernetes.io/arch", "deprecated since v1.14; use \"kubernetes.io/arch\" instead",
            "beta.kubernetes.io/os", "deprecated since v1.14; use \"kubernetes.io/os\" instead",
            "failure-domain.beta.kubernetes.io/region",
                    "deprecated since v1.17; use \"topology.kubernetes.io/region\" instead",
            "failure-domain.beta.kubernetes.io/zone",
                    "deprecated since v1.17; use \"topology.kubernetes.io/zone\" instead",
            "beta.kubernetes.io/instance-type",
                    "deprecated since v1.17; use \"node.kubernetes.io/instance-type\" instead");
    private static final Map<String, String> ENDED = Map.of(
            "gitRepo", "deprecated in v1.11, and disabled by default in v1.33+",
            "photonPersistentDisk", "deprecated in v1.11, non-functional in v1.16+",
            "scaleIO", "deprecated in v1.16, non-functional in v1.22+",
            "flocker", "deprecated in v1.22, non-functional in v1.25+",
            "quobyte", "deprecated in v1.22, non-functional in v1.25+",
            "storageos", "deprecated in v1.22, non-functional in v1.25+",
            "glusterfs", "deprecated in v1.25, non-functional in v1.26+",
            "cephfs", "deprecated in v1.28, non-functional in v1.31+",
            "rbd", "deprecated in v1.28, non-functional in v1.31+");
    private static final String NO_POD = ".labelSelector: a null labelSelector results in matching no pod";
    private static final List<String> BYTES = List.of("memory", "ephemeral-storage");

    private final List<String> out;

    private PodAdvice(List<String> out) {
        this.out = out;
    }

    static void add(String at, JsonNode spec, List<String> out) {
        PodAdvice advice = new PodAdvice(out);
        for (var label : spec.path("nodeSelector").properties()) {
            advice.renamed(at + ".nodeSelector[" + label.getKey() + "]: ", label.getKey());
        }
        advice.affinity(at + ".affinity.", spec.path("affinity"));
        advice.spread(at + ".topologySpreadConstraints[", spec.path("topologySpreadConstraints"));
        advice.secrets(at + ".imagePullSecrets", spec.path("imagePullSecrets"));
        if (spec.path("terminationGracePeriodSeconds").asInt() < 0) {
            out.add(at + ".terminationGracePeriodSeconds: must be >= 0; negative values are invalid and will be treated"
                    + " as 1");
        }
        advice.volumes(at + ".volumes[", spec.path("volumes"));
        advice.containers(at, spec);
    }

    private void renamed(String before, String label) {
        String advice = RENAMED.get(label);
        if (advice != null) {
            out.add(before + advice);
        }
    }

    private void spread(String at, JsonNode constraints) {
        for (int i = 0; i < constraints.size(); i++) {
            String key = constraints.get(i).path("topologyKey").asText();
            renamed(at + i + "].topologyKey: " + key + " is ", key);
            if (!constraints.get(i).has("labelSelector")) {
                out.add(at + i + "]" + NO_POD);
            }
        }
    }

    private void affinity(String at, JsonNode affinity) {
        String required = "requiredDuringSchedulingIgnoredDuringExecution";
        String preferred = "preferredDuringSchedulingIgnoredDuringExecution";
        JsonNode nodes = affinity.path("nodeAffinity");
        JsonNode terms = nodes.path(required).path("nodeSelectorTerms");
        for (int i = 0; i < terms.size(); i++) {
            term(at + "nodeAffinity." + required + ".nodeSelectorTerms[" + i + "]", terms.get(i));
        }
        for (int i = 0; i < nodes.path(preferred).size(); i++) {
            term(
                    at + "nodeAffinity." + preferred + "[" + i + "].preference",
                    nodes.path(preferred).get(i).path("preference"));
        }
        for (String kind : List.of("podAffinity", "podAntiAffinity")) {
            JsonNode pods = affinity.path(kind);
            for (int i = 0; i < pods.path(required).size(); i++) {
                unselected(
                        at + kind + "." + required + "[" + i + "]",
                        pods.path(required).get(i));
            }
            for (int i = 0; i < pods.path(preferred).size(); i++) {
                unselected(
                        at + kind + "." + preferred + "[" + i + "].podAffinityTerm",
                        pods.path(preferred).get(i).path("podAffinityTerm"));
            }
        }
    }

    private void term(String at, JsonNode term) {
        for (int i = 0; i < term.path("matchExpressions").size(); i++) {
            String key = term.path("matchExpressions").get(i).path("key").asText();
            renamed(at + ".matchExpressions[" + i + "].key: " + key + " is ", key);
        }
    }

    private void unselected(String at, JsonNode term) {
        if (!term.has("labelSelector")) {
            out.add(at + NO_POD);
        }
    }

    private void secrets(String at, JsonNode secrets) {
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

    private void volumes(String at, JsonNode volumes) {
        for (int i = 0; i < volumes.size(); i++) {
            JsonNode volume = volumes.get(i);
            for (var source : volume.properties()) {
                String ended = ENDED.get(source.getKey());
                if (ended != null) {
                    out.add(at + i + "]." + source.getKey().replace("storageos", "storageOS") + ": " + ended);
                }
            }
            String claim = at + i + "].ephemeral.volumeClaimTemplate.spec.resources.requests";
            fraction(
                    claim,
                    "storage",
                    volume.path("ephemeral")
                            .path("volumeClaimTemplate")
                            .path("spec")
                            .path("resources")
                            .path("requests"),
                    out);
            VolumePathAdvice.add(volume, out);
        }
    }

    private void containers(String at, JsonNode spec) {
        for (String list : List.of("initContainers", "containers")) {
            List<PortAdvice.Seen> ports = new ArrayList<>();
            for (int i = 0; i < spec.path(list).size(); i++) {
                JsonNode container = spec.path(list).get(i);
                String here = at + "." + list + "[" + i + "]";
                for (String part : List.of("limits", "requests")) {
                    BYTES.forEach(name -> fraction(
                            here + ".resources." + part,
                            name,
                            container.path("resources").path(part),
                            out));
                }
                environment(here + ".env", container.path("env"));
                PortAdvice.add(here, container.path("ports"), ports, out);
            }
        }
    }

    /// Bytes are not told in parts.
    static void fraction(String at, String name, JsonNode amounts, List<String> out) {
        String amount = amounts.path(name).asText();
        if (amount.endsWith("m") || amount.endsWith("u") || amount.endsWith("n")) {
            out.add(at + "[" + name + "]: fractional byte value \"" + amount + "\" is invalid, must be an integer");
        }
    }

    private void environment(String at, JsonNode variables) {
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
