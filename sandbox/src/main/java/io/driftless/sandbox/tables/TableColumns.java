package io.driftless.sandbox.tables;

import io.driftless.sandbox.model.ResourceType;
import java.util.List;
import java.util.Map;

/// The columns of built-in types: title, then the value as paths. `path` is a value, `path/path`
/// two values with a slash, `#path` the number of entries; `@name` is one of [TableCells];
/// `Title:integer` has numbers, `:number` too but says text, `:boolean` and `:flag` likewise; a
/// leading `+` shows the column with `-o wide` alone; a title without a path is the age. `Name` is
/// always the first, but for types that name it themselves.
public final class TableColumns {
    private static final String CONTAINERS = "+Containers=spec.template.spec.containers.*.name";
    private static final String IMAGES = "+Images=spec.template.spec.containers.*.image";
    private static final String SELECTOR = "+Selector=spec.selector.matchLabels";
    private static final Map<String, List<String>> ALL = Map.ofEntries(
            Map.entry(
                    "deployments.apps",
                    List.of(
                            "Ready=status.readyReplicas/spec.replicas",
                            "Up-to-date:number=status.updatedReplicas",
                            "Available:number=status.availableReplicas",
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
                            "Status=@podStatus",
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
                            "External-IP=@externalIp",
                            "Port(s)=@servicePorts",
                            "Age",
                            "+Selector=spec.selector")),
            Map.entry(
                    "ingresses.networking.k8s.io",
                    List.of(
                            "Class=@ingressClass",
                            "Hosts=@ingressHosts",
                            "Address=@address",
                            "Ports=@ingressPorts",
                            "Age")),
            Map.entry(
                    "jobs.batch",
                    List.of(
                            "Status=@jobStatus",
                            "Completions=status.succeeded/spec.completions",
                            "Duration=@duration",
                            "Age",
                            CONTAINERS,
                            IMAGES,
                            SELECTOR)),
            Map.entry(
                    "cronjobs.batch",
                    List.of(
                            "Schedule=spec.schedule",
                            "Timezone=spec.timeZone",
                            "Suspend:truth=spec.suspend",
                            "Active:integer=#status.active",
                            "Last Schedule=@schedule",
                            "Age",
                            "+Containers=spec.jobTemplate.spec.template.spec.containers.*.name",
                            "+Images=spec.jobTemplate.spec.template.spec.containers.*.image",
                            "+Selector=spec.jobTemplate.spec.selector.matchLabels")),
            Map.entry("namespaces", List.of("Status=status.phase", "Age")),
            Map.entry(
                    "nodes",
                    List.of(
                            "Status=@nodeStatus",
                            "Roles=@roles",
                            "Age",
                            "Version=status.nodeInfo.kubeletVersion",
                            "+Internal-IP=@internalIp",
                            "+External-IP=@externalNodeIp",
                            "+OS-Image=status.nodeInfo.osImage",
                            "+Kernel-Version=status.nodeInfo.kernelVersion",
                            "+Container-Runtime=status.nodeInfo.containerRuntimeVersion")),
            Map.entry("configmaps", List.of("Data:number=#data", "Age")),
            Map.entry("secrets", List.of("Type=type", "Data:number=#data", "Age")),
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
                            "Targets=@targets",
                            "MinPods=spec.minReplicas",
                            "MaxPods:number=spec.maxReplicas",
                            "Replicas:number=status.currentReplicas",
                            "Age")),
            Map.entry(
                    "poddisruptionbudgets.policy",
                    List.of(
                            "Min Available=@budgetMin",
                            "Max Unavailable=@budgetMax",
                            "Allowed Disruptions:integer=status.disruptionsAllowed",
                            "Age")),
            Map.entry("roles.rbac.authorization.k8s.io", List.of("Created At:date=metadata.creationTimestamp")),
            Map.entry("clusterroles.rbac.authorization.k8s.io", List.of("Created At:date=metadata.creationTimestamp")),
            Map.entry(ResourceType.DEFINITIONS, List.of("Created At:date=metadata.creationTimestamp")),
            Map.entry(
                    "componentstatuses",
                    List.of(
                            "Status:health=conditions.*.status",
                            "Message=conditions.*.message",
                            "Error:text=conditions.*.error")),
            Map.entry("limitranges", List.of("Created At:date=metadata.creationTimestamp")),
            Map.entry("leases.coordination.k8s.io", List.of("Holder=spec.holderIdentity", "Age")),
            Map.entry("networkpolicies.networking.k8s.io", List.of("Pod-Selector=@selector", "Age")),
            Map.entry("endpoints", List.of("Endpoints=@endpoints", "Age")),
            Map.entry(
                    "endpointslices.discovery.k8s.io",
                    List.of("AddressType=addressType", "Ports=@slicePorts", "Endpoints=@sliceAddresses", "Age")),
            Map.entry(
                    "ingressclasses.networking.k8s.io",
                    List.of("Controller=spec.controller", "Parameters=spec.parameters.name", "Age")),
            Map.entry(
                    "priorityclasses.scheduling.k8s.io",
                    List.of(
                            "Value:integer=value",
                            "Global-Default:boolean=globalDefault",
                            "Age",
                            "PreemptionPolicy=preemptionPolicy")),
            Map.entry("controllerrevisions.apps", List.of("Controller=@owner", "Revision:number=revision", "Age")),
            Map.entry("resourcequotas", List.of("Request=@quotaRequests", "Limit=@quotaLimits", "Age")),
            Map.entry(
                    "storageclasses.storage.k8s.io",
                    List.of(
                            "Provisioner=provisioner",
                            "ReclaimPolicy=reclaimPolicy",
                            "VolumeBindingMode=volumeBindingMode",
                            "AllowVolumeExpansion:flag=allowVolumeExpansion",
                            "Age")),
            Map.entry(
                    "persistentvolumes",
                    List.of(
                            "Capacity=spec.capacity.storage",
                            "Access Modes=spec.accessModes.*",
                            "Reclaim Policy=spec.persistentVolumeReclaimPolicy",
                            "Status=status.phase",
                            "Claim=@claim",
                            "StorageClass=spec.storageClassName",
                            "VolumeAttributesClass=spec.volumeAttributesClassName",
                            "Reason=status.reason",
                            "Age",
                            "+VolumeMode=spec.volumeMode")),
            Map.entry("rolebindings.rbac.authorization.k8s.io", bindings()),
            Map.entry("clusterrolebindings.rbac.authorization.k8s.io", bindings()),
            Map.entry(
                    "events",
                    List.of(
                            "Last Seen=@lastSeen",
                            "Type=type",
                            "Reason=reason",
                            "Object=@involved",
                            "+Subobject=involvedObject.fieldPath",
                            "+Source=source.component",
                            "Message=message",
                            "+First Seen=@firstSeen",
                            "+Count:number=count",
                            "+Name=metadata.name")),
            Map.entry(
                    CertificateTable.TYPE,
                    List.of(
                            "Age",
                            "SignerName=spec.signerName",
                            "Requestor=spec.username",
                            "RequestedDuration=@certificateDuration",
                            "Condition=@certificateStatus")));

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
