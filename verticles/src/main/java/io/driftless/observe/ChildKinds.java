package io.driftless.observe;

import io.driftless.events.GroupKind;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Which kinds are looked at for what lies below resources of a kind: those that the controllers of the built-in kinds
/// make, and for kinds that a definition adds those that its controller most likely makes.
final class ChildKinds {
    private static final GroupKind REPLICA_SET = new GroupKind("apps", "ReplicaSet");
    private static final GroupKind DEPLOYMENT = new GroupKind("apps", "Deployment");
    private static final GroupKind STATEFUL_SET = new GroupKind("apps", "StatefulSet");
    private static final GroupKind REVISION = new GroupKind("apps", "ControllerRevision");
    private static final GroupKind JOB = new GroupKind("batch", "Job");
    private static final GroupKind POD = new GroupKind("", "Pod");
    private static final GroupKind CLAIM = new GroupKind("", "PersistentVolumeClaim");
    private static final GroupKind SERVICE = new GroupKind("", "Service");
    private static final GroupKind SLICE = new GroupKind("discovery.k8s.io", "EndpointSlice");

    private static final Map<GroupKind, List<GroupKind>> BUILT_IN = Map.of(
            DEPLOYMENT,
            List.of(REPLICA_SET, POD),
            REPLICA_SET,
            List.of(POD),
            new GroupKind("", "ReplicationController"),
            List.of(POD),
            STATEFUL_SET,
            List.of(POD, REVISION, CLAIM),
            new GroupKind("apps", "DaemonSet"),
            List.of(POD, REVISION),
            new GroupKind("batch", "CronJob"),
            List.of(JOB, POD),
            JOB,
            List.of(POD),
            SERVICE,
            List.of(SLICE),
            POD,
            List.of(CLAIM));
    private static final List<GroupKind> OF_OTHERS =
            List.of(DEPLOYMENT, STATEFUL_SET, REPLICA_SET, JOB, POD, SERVICE, SLICE, CLAIM);

    private ChildKinds() {}

    static Set<GroupKind> below(Set<GroupKind> kinds) {
        Set<GroupKind> children = new TreeSet<>();
        for (GroupKind kind : kinds) {
            children.addAll(BUILT_IN.getOrDefault(kind, added(kind) ? OF_OTHERS : List.of()));
        }
        return children;
    }

    /// Groups of Kubernetes itself have no dot or end in its domain; what an Application makes carries a tracking id.
    private static boolean added(GroupKind kind) {
        return kind.group().contains(".")
                && !kind.group().endsWith(".k8s.io")
                && !(kind.group().equals("argoproj.io") && kind.kind().startsWith("App"));
    }
}
