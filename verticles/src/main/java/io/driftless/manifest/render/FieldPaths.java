package io.driftless.manifest.render;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Where Kustomize 5.8.1 puts labels, selectors and annotations by default.
final class FieldPaths {
    private static final String[] WORKLOADS = {
        "ReplicationController", "Deployment", "ReplicaSet", "DaemonSet", "StatefulSet", "Job"
    };

    static final List<FieldPath> LABELS = List.of(FieldPath.created("metadata/labels"));
    static final List<FieldPath> TEMPLATE_LABELS = templates("labels", true);
    static final List<FieldPath> SELECTORS = selectors();
    static final List<FieldPath> ANNOTATIONS = Stream.concat(
                    Stream.of(FieldPath.created("metadata/annotations")), templates("annotations", false).stream())
            .toList();

    private FieldPaths() {}

    private static List<FieldPath> templates(String field, boolean claims) {
        List<FieldPath> paths = new ArrayList<>(List.of(
                FieldPath.created("spec/template/metadata/" + field, WORKLOADS),
                FieldPath.created("spec/jobTemplate/metadata/" + field, "CronJob"),
                FieldPath.created("spec/jobTemplate/spec/template/metadata/" + field, "CronJob")));
        if (claims) {
            paths.add(FieldPath.created("spec/volumeClaimTemplates[]/metadata/" + field, "StatefulSet"));
        }
        return List.copyOf(paths);
    }

    private static List<FieldPath> selectors() {
        List<FieldPath> paths = new ArrayList<>(List.of(
                FieldPath.created("spec/selector", "Service", "ReplicationController"),
                FieldPath.created("spec/selector/matchLabels", "Deployment", "ReplicaSet", "DaemonSet", "StatefulSet"),
                FieldPath.existing("spec/selector/matchLabels", "Job", "PodDisruptionBudget"),
                FieldPath.existing("spec/jobTemplate/spec/selector/matchLabels", "CronJob"),
                FieldPath.existing("spec/podSelector/matchLabels", "NetworkPolicy"),
                FieldPath.existing("spec/ingress/from/podSelector/matchLabels", "NetworkPolicy"),
                FieldPath.existing("spec/egress/to/podSelector/matchLabels", "NetworkPolicy")));
        String pod = "spec/template/spec/";
        String[] spread = {"Deployment", "StatefulSet"};
        for (String affinity : List.of("podAffinity", "podAntiAffinity")) {
            String base = pod + "affinity/" + affinity + "/";
            paths.add(FieldPath.existing(
                    base + "preferredDuringSchedulingIgnoredDuringExecution/podAffinityTerm/labelSelector/matchLabels",
                    spread));
            paths.add(FieldPath.existing(
                    base + "requiredDuringSchedulingIgnoredDuringExecution/labelSelector/matchLabels", spread));
        }
        paths.add(FieldPath.existing(pod + "topologySpreadConstraints/labelSelector/matchLabels", spread));
        return List.copyOf(paths);
    }
}
