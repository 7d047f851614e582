package io.driftless.sync;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The order in which kinds of one wave are applied, so that an object finds what it needs.
///
/// Argo CD applies one kind after the other. Its sequence is kept wherever an object of one kind can need one of
/// another; kinds that cannot are applied at once, so a wave costs as many round trips as it has steps, not kinds.
final class KindOrder {
    private static final Set<String> SPACES = Set.of("Namespace");

    /// What others are judged by, run as, stored in or bound to.
    private static final Set<String> GROUND = Set.of(
            "NetworkPolicy",
            "ResourceQuota",
            "LimitRange",
            "PodSecurityPolicy",
            "PodDisruptionBudget",
            "ServiceAccount",
            "StorageClass",
            "PersistentVolume",
            "CustomResourceDefinition",
            "ClusterRole",
            "ClusterRoleList",
            "Role",
            "RoleList",
            "IngressClass");

    /// What needs some of the ground, and is needed by workloads when they start. A Secret may be the token of a
    /// ServiceAccount, which has to exist.
    private static final Set<String> SUPPLIES = Set.of(
            "Secret",
            "SecretList",
            "ConfigMap",
            "PersistentVolumeClaim",
            "ClusterRoleBinding",
            "ClusterRoleBindingList",
            "RoleBinding",
            "RoleBindingList",
            "Service");

    private static final Set<String> WORKLOADS = Set.of(
            "DaemonSet",
            "Pod",
            "ReplicationController",
            "ReplicaSet",
            "Deployment",
            "HorizontalPodAutoscaler",
            "StatefulSet",
            "Job",
            "CronJob",
            "Ingress");

    private static final List<Set<String>> STEPS = List.of(SPACES, GROUND, SUPPLIES, WORKLOADS, Set.of("APIService"));

    private static final int SUPPLY_STEP = STEPS.indexOf(SUPPLIES);
    private static final Map<String, Integer> STEP_OF = new HashMap<>();

    static {
        for (int step = 0; step < STEPS.size(); step++) {
            for (String kind : STEPS.get(step)) {
                STEP_OF.put(kind, step);
            }
        }
    }

    private KindOrder() {}

    /// Whether a change of this kind sets pods in motion. In a step those go last, so that the others are not held up
    /// by what the cluster then has to do.
    static boolean rollsOut(String kind) {
        return WORKLOADS.contains(kind) && !kind.equals("Ingress") && !kind.equals("HorizontalPodAutoscaler");
    }

    /// Step of a write; kinds that are not listed, custom resources among them, come last, all at once.
    ///
    /// @param exists whether the object is there already: whoever needs it finds it, so a change of the
    ///     ground waits for nothing and goes with the supplies. Workloads still come after both, since
    ///     they start with what they find.
    static int of(String kind, boolean exists) {
        int step = STEP_OF.getOrDefault(kind, STEPS.size());
        return exists ? Math.max(step, SUPPLY_STEP) : step;
    }
}
