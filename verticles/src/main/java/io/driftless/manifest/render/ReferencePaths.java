package io.driftless.manifest.render;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Which fields of which kinds hold the name of an object of another kind.
final class ReferencePaths {
    /// Kind named → the fields that name it.
    static final Map<String, List<FieldPath>> BY_KIND = build();

    private ReferencePaths() {}

    private static Map<String, List<FieldPath>> build() {
        Map<String, List<FieldPath>> paths = new LinkedHashMap<>();
        paths.put(
                "ConfigMap",
                concat(
                        pods("volumes/configMap/name", "volumes/projected/sources/configMap/name"),
                        containers("env/valueFrom/configMapKeyRef/name", "envFrom/configMapRef/name"),
                        List.of(at("rules/resourceNames", "Role", "ClusterRole"))));
        paths.put(
                "Secret",
                concat(
                        pods(
                                "volumes/secret/secretName",
                                "volumes/projected/sources/secret/name",
                                "imagePullSecrets/name"),
                        containers("env/valueFrom/secretKeyRef/name", "envFrom/secretRef/name"),
                        List.of(
                                at("spec/tls/secretName", "Ingress"),
                                at("imagePullSecrets/name", "ServiceAccount"),
                                at("secrets/name", "ServiceAccount"),
                                at("rules/resourceNames", "Role", "ClusterRole"))));
        paths.put(
                "Service",
                List.of(
                        at("spec/serviceName", "StatefulSet"),
                        at("spec/rules/http/paths/backend/serviceName", "Ingress"),
                        at("spec/rules/http/paths/backend/service/name", "Ingress"),
                        at("spec/backend/serviceName", "Ingress"),
                        at("spec/defaultBackend/service/name", "Ingress"),
                        at("spec/service/name", "APIService"),
                        at(
                                "webhooks/clientConfig/service/name",
                                "MutatingWebhookConfiguration",
                                "ValidatingWebhookConfiguration")));
        paths.put("ServiceAccount", pods("serviceAccountName", "serviceAccount"));
        paths.put("PersistentVolumeClaim", pods("volumes/persistentVolumeClaim/claimName"));
        paths.put("PriorityClass", pods("priorityClassName"));
        paths.put(
                "StorageClass",
                List.of(
                        at("spec/storageClassName", "PersistentVolume", "PersistentVolumeClaim"),
                        at("spec/volumeClaimTemplates/spec/storageClassName", "StatefulSet")));
        paths.put("PersistentVolume", List.of(at("spec/volumeName", "PersistentVolumeClaim")));
        for (String scaled : List.of("Deployment", "ReplicationController", "ReplicaSet", "StatefulSet")) {
            paths.put(scaled, List.of(at("spec/scaleTargetRef/name", "HorizontalPodAutoscaler")));
        }
        paths.put("Role", List.of(at("roleRef/name", "RoleBinding", "ClusterRoleBinding")));
        paths.put("ClusterRole", paths.getOrDefault("Role", List.of()));
        return paths;
    }

    private static FieldPath at(String path, String... kinds) {
        return FieldPath.existing(path, kinds);
    }

    private static List<FieldPath> pods(String... fields) {
        return Arrays.stream(fields)
                .flatMap(field -> List.of(
                        at("spec/" + field, "Pod"),
                        at("template/spec/" + field, "PodTemplate"),
                        at(
                                "spec/template/spec/" + field,
                                "Deployment",
                                "ReplicaSet",
                                "DaemonSet",
                                "StatefulSet",
                                "Job",
                                "ReplicationController"),
                        at("spec/jobTemplate/spec/template/spec/" + field, "CronJob"))
                        .stream())
                .toList();
    }

    private static List<FieldPath> containers(String... fields) {
        return Arrays.stream(fields)
                .flatMap(field -> pods("containers/" + field, "initContainers/" + field).stream())
                .toList();
    }

    @SafeVarargs
    private static List<FieldPath> concat(List<FieldPath>... parts) {
        List<FieldPath> all = new ArrayList<>();
        for (List<FieldPath> part : parts) {
            all.addAll(part);
        }
        return List.copyOf(all);
    }
}
