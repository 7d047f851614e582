package io.driftless.sandbox.defaults;

import static io.driftless.sandbox.defaults.Defaults.absent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.sandbox.model.Json;
import io.driftless.sandbox.rules.PodQuality;

/// What admission adds to a pod, and to no template: the service account and its token, tolerations, priority, the
/// class of its resources.
public final class PodAdmission {
    private static final String TOKEN = "/var/run/secrets/kubernetes.io/serviceaccount";

    private PodAdmission() {}

    /// Completes a new pod, in place.
    public static void admit(ObjectNode pod, ObjectNode spec) {
        absent(spec, "serviceAccountName", "default");
        absent(spec, "serviceAccount", spec.path("serviceAccountName").asText());
        absent(spec, "preemptionPolicy", "PreemptLowerPriority");
        tolerations(spec);
        if (spec.path("automountServiceAccountToken").asBoolean(true)) {
            token(spec, Json.uid(pod));
        }
        ObjectNode status = Json.child(pod, "status").put("phase", "Pending").put("qosClass", PodQuality.of(spec));
        if (!spec.path("schedulingGates").isEmpty()) {
            status.putArray("conditions")
                    .addObject()
                    .put("type", "PodScheduled")
                    .put("status", "False")
                    .putNull("lastProbeTime")
                    .put("lastTransitionTime", Json.now())
                    .put("reason", "SchedulingGated")
                    .put("message", "Scheduling is blocked due to non-empty scheduling gates");
        }
    }

    /// What is tolerated for a while by each pod; put back where an update leaves it out.
    public static void tolerations(ObjectNode spec) {
        ArrayNode all = spec.withArray("tolerations");
        for (String key : new String[] {"node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable"}) {
            boolean there = false;
            for (JsonNode one : all) {
                String tolerated = one.path("key").asText();
                String effect = one.path("effect").asText();
                there |= (tolerated.isEmpty() || tolerated.equals(key))
                        && (effect.isEmpty() || effect.equals("NoExecute"));
            }
            if (!there) {
                all.addObject()
                        .put("key", key)
                        .put("operator", "Exists")
                        .put("effect", "NoExecute")
                        .put("tolerationSeconds", 300);
            }
        }
    }

    private static void token(ObjectNode spec, String uid) {
        String name = "kube-api-access-" + uid.substring(0, Math.min(5, uid.length()));
        for (String list : new String[] {"initContainers", "containers"}) {
            for (JsonNode container : spec.path(list)) {
                if (container instanceof ObjectNode one && !mounts(one)) {
                    one.withArray("volumeMounts")
                            .addObject()
                            .put("name", name)
                            .put("readOnly", true)
                            .put("mountPath", TOKEN);
                }
            }
        }
        ObjectNode projected =
                spec.withArray("volumes").addObject().put("name", name).putObject("projected");
        ArrayNode sources = projected.putArray("sources");
        sources.addObject()
                .putObject("serviceAccountToken")
                .put("expirationSeconds", 3607)
                .put("path", "token");
        ObjectNode root = sources.addObject().putObject("configMap").put("name", "kube-root-ca.crt");
        root.putArray("items").addObject().put("key", "ca.crt").put("path", "ca.crt");
        sources.addObject()
                .putObject("downwardAPI")
                .putArray("items")
                .addObject()
                .put("path", "namespace")
                .putObject("fieldRef")
                .put("apiVersion", "v1")
                .put("fieldPath", "metadata.namespace");
        projected.put("defaultMode", 420);
    }

    private static boolean mounts(JsonNode container) {
        for (JsonNode mount : container.path("volumeMounts")) {
            if (mount.path("mountPath").asText().equals(TOKEN)) {
                return true;
            }
        }
        return false;
    }
}
