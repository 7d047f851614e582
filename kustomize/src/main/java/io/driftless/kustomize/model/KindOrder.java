package io.driftless.kustomize.model;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The order in which kinds are printed: some first, some last, the rest by group, version and kind.
public final class KindOrder implements Comparator<Gvk> {
    public static final List<String> FIRST = List.of(
            "Namespace",
            "ResourceQuota",
            "StorageClass",
            "CustomResourceDefinition",
            "ServiceAccount",
            "PodSecurityPolicy",
            "Role",
            "ClusterRole",
            "RoleBinding",
            "ClusterRoleBinding",
            "ConfigMap",
            "Secret",
            "Endpoints",
            "Service",
            "LimitRange",
            "PriorityClass",
            "PersistentVolume",
            "PersistentVolumeClaim",
            "Deployment",
            "StatefulSet",
            "CronJob",
            "PodDisruptionBudget");
    public static final List<String> LAST = List.of("MutatingWebhookConfiguration", "ValidatingWebhookConfiguration");
    public static final KindOrder DEFAULT = new KindOrder(FIRST, LAST);

    private final Map<String, Integer> ranks = new HashMap<>();

    public KindOrder(List<String> first, List<String> last) {
        for (int i = 0; i < first.size(); i++) {
            ranks.put(first.get(i), i - first.size());
        }
        for (int i = 0; i < last.size(); i++) {
            ranks.put(last.get(i), i + 1);
        }
    }

    @Override
    public int compare(Gvk a, Gvk b) {
        int order = Integer.compare(ranks.getOrDefault(a.kind(), 0), ranks.getOrDefault(b.kind(), 0));
        return order != 0 ? order : text(a).compareTo(text(b));
    }

    /// For resources: of two kinds called Namespace the one of the core group comes first.
    public int compareForOutput(Gvk a, Gvk b) {
        boolean namespaces = a.kind().equals("Namespace") && b.kind().equals("Namespace");
        return namespaces && (a.group().isEmpty() || b.group().isEmpty()) ? text(b).compareTo(text(a)) : compare(a, b);
    }

    private static String text(Gvk gvk) {
        return (gvk.group().isEmpty() ? "~G" : gvk.group()) + "_"
                + (gvk.version().isEmpty() ? "~V" : gvk.version()) + "_"
                + (gvk.kind().isEmpty() ? "~K" : gvk.kind());
    }
}
