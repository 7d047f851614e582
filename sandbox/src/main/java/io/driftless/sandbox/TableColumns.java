package io.driftless.sandbox;

import java.util.List;
import java.util.Map;

/// The columns of built-in types: title, then the value as paths. `path` is a value, `path/path` two values with a
/// slash, `#path` the number of entries; `Title:integer` has numbers; a leading `+` shows the column with `-o wide`
/// alone; a title without a path is the age. `Name` is always the first, but for types that name it themselves.
final class TableColumns {
    private static final String CONTAINERS = "+Containers=spec.template.spec.containers.*.name";
    private static final String IMAGES = "+Images=spec.template.spec.containers.*.image";
    private static final String SELECTOR = "+Selector=spec.selector.matchLabels";
    private static final Map<String, List<String>> ALL = Map.ofEntries(
            Map.entry(
                    "deployments.apps",
                    List.of(
                            "Ready=status.readyReplicas/spec.replicas",
                            "Up-to-date:integer=status.updatedReplicas",
                            "Available:integer=status.availableReplicas",
                            "Age",
                            CONTAINERS,
                            IMAGES,
                            SELECTOR)),
            Map.entry(
                    "replicasets.apps",
                    List.of(
                            "Desired:integer=spec.replicas",
                            "Current:integer=status.replicas",
                            "Ready:integer=status.readyReplicas",
                            "Age",
                            CONTAINERS,
                            IMAGES,
                            SELECTOR)),
            Map.entry(
                    "statefulsets.apps",
                    List.of("Ready=status.readyReplicas/spec.replicas", "Age", CONTAINERS, IMAGES)),
            Map.entry(
                    "daemonsets.apps",
                    List.of(
                            "Desired:integer=status.desiredNumberScheduled",
                            "Current:integer=status.currentNumberScheduled",
                            "Ready:integer=status.numberReady",
                            "Up-to-date:integer=status.updatedNumberScheduled",
                            "Available:integer=status.numberAvailable",
                            "Node Selector=spec.template.spec.nodeSelector",
                            "Age",
                            CONTAINERS,
                            IMAGES,
                            SELECTOR)),
            Map.entry(
                    "pods",
                    List.of(
                            "Ready=#status.containerStatuses/#spec.containers",
                            "Status=status.phase",
                            "Restarts=status.restarts",
                            "Age",
                            "+IP=status.podIP",
                            "+Node=spec.nodeName",
                            "+Nominated Node=status.nominatedNodeName",
                            "+Readiness Gates=spec.readinessGates.*.conditionType")),
            Map.entry(
                    "services",
                    List.of(
                            "Type=spec.type",
                            "Cluster-IP=spec.clusterIP",
                            "External-IP=status.loadBalancer.ingress.*.ip",
                            "Port(s)=spec.ports.*.port",
                            "Age",
                            "+Selector=spec.selector")),
            Map.entry(
                    "ingresses.networking.k8s.io",
                    List.of(
                            "Class=spec.ingressClassName",
                            "Hosts=spec.rules.*.host",
                            "Address=status.loadBalancer.ingress.*.ip",
                            "Ports=spec.ports",
                            "Age")),
            Map.entry(
                    "jobs.batch",
                    List.of(
                            "Status=status.conditions[?(@.status==True)].type",
                            "Completions=status.succeeded/spec.completions",
                            "Duration=status.duration",
                            "Age",
                            CONTAINERS,
                            IMAGES,
                            SELECTOR)),
            Map.entry(
                    "cronjobs.batch",
                    List.of(
                            "Schedule=spec.schedule",
                            "Timezone=spec.timeZone",
                            "Suspend=spec.suspend",
                            "Active:integer=#status.active",
                            "Last Schedule=status.lastScheduleTime",
                            "Age",
                            "+Containers=spec.jobTemplate.spec.template.spec.containers.*.name",
                            "+Images=spec.jobTemplate.spec.template.spec.containers.*.image",
                            "+Selector=spec.jobTemplate.spec.selector.matchLabels")),
            Map.entry("namespaces", List.of("Status=status.phase", "Age")),
            Map.entry("nodes", List.of("Version=status.nodeInfo.kubeletVersion", "Age")),
            Map.entry("configmaps", List.of("Data:integer=#data", "Age")),
            Map.entry("secrets", List.of("Type=type", "Data:integer=#data", "Age")),
            Map.entry(
                    "persistentvolumeclaims",
                    List.of(
                            "Status=status.phase",
                            "Volume=spec.volumeName",
                            "Capacity=status.capacity.storage",
                            "Access Modes=status.accessModes.*",
                            "StorageClass=spec.storageClassName",
                            "VolumeAttributesClass=spec.volumeAttributesClassName",
                            "Age",
                            "+VolumeMode=spec.volumeMode")),
            Map.entry(
                    "horizontalpodautoscalers.autoscaling",
                    List.of(
                            "Reference=spec.scaleTargetRef.kind/spec.scaleTargetRef.name",
                            "MinPods=spec.minReplicas",
                            "MaxPods:integer=spec.maxReplicas",
                            "Age")),
            Map.entry(
                    "poddisruptionbudgets.policy",
                    List.of(
                            "Min available=spec.minAvailable",
                            "Max unavailable=spec.maxUnavailable",
                            "Allowed disruptions:integer=status.disruptionsAllowed",
                            "Age")),
            Map.entry("roles.rbac.authorization.k8s.io", List.of("Created At=metadata.creationTimestamp")),
            Map.entry("clusterroles.rbac.authorization.k8s.io", List.of("Created At=metadata.creationTimestamp")),
            Map.entry("rolebindings.rbac.authorization.k8s.io", bindings()),
            Map.entry("clusterrolebindings.rbac.authorization.k8s.io", bindings()),
            Map.entry(
                    "events",
                    List.of(
                            "Last Seen=lastTimestamp",
                            "Type=type",
                            "Reason=reason",
                            "Object=involvedObject.kind/involvedObject.name",
                            "+Subobject=involvedObject.fieldPath",
                            "+Source=source.component",
                            "Message=message",
                            "+First Seen=firstTimestamp",
                            "+Count:integer=count",
                            "+Name=metadata.name")));

    private TableColumns() {}

    private static List<String> bindings() {
        return List.of(
                "Role=roleRef.kind/roleRef.name",
                "Age",
                "+Users=subjects[?(@.kind==User)].name",
                "+Groups=subjects[?(@.kind==Group)].name",
                "+ServiceAccounts=subjects[?(@.kind==ServiceAccount)].name");
    }

    static List<String> of(ResourceType type) {
        return ALL.getOrDefault(type.id(), List.of("Age"));
    }

    /// Whether the columns of a type name the object themselves.
    static boolean named(ResourceType type) {
        return of(type).stream().anyMatch(c -> c.endsWith("=metadata.name"));
    }
}
