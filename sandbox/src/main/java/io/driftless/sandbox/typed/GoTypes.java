package io.driftless.sandbox.typed;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Fields whose text has a type of its own in Go, which messages name.
final class GoTypes {
    private static final Map<String, String> NAMES = Arrays.stream("""
            Capabilities.add v1.Capability
            Capabilities.drop v1.Capability
            CSIDriverSpec.fsGroupPolicy v1.FSGroupPolicy
            Container.imagePullPolicy v1.PullPolicy
            Container.restartPolicy v1.ContainerRestartPolicy
            Container.terminationMessagePolicy v1.TerminationMessagePolicy
            ContainerPort.protocol v1.Protocol
            CronJobSpec.concurrencyPolicy v1.ConcurrencyPolicy
            DaemonSetUpdateStrategy.type v1.DaemonSetUpdateStrategyType
            DeploymentStrategy.type v1.DeploymentStrategyType
            EmptyDirVolumeSource.medium v1.StorageMedium
            EndpointPort.protocol v1.Protocol
            EndpointSlice.addressType v1.AddressType
            HTTPGetAction.scheme v1.URIScheme
            HTTPIngressPath.pathType v1.PathType
            HostPathVolumeSource.type v1.HostPathType
            JobSpec.completionMode v1.CompletionMode
            LabelSelectorRequirement.operator v1.LabelSelectorOperator
            LimitRangeItem.type v1.LimitType
            MetricSpec.type v2.MetricSourceType
            MetricTarget.type v2.MetricTargetType
            MutatingWebhook.failurePolicy v1.FailurePolicyType
            MutatingWebhook.matchPolicy v1.MatchPolicyType
            MutatingWebhook.reinvocationPolicy v1.ReinvocationPolicyType
            MutatingWebhook.sideEffects v1.SideEffectClass
            NamespaceSpec.finalizers v1.FinalizerName
            NetworkPolicyPort.protocol v1.Protocol
            NetworkPolicySpec.policyTypes v1.PolicyType
            NodeSelectorRequirement.operator v1.NodeSelectorOperator
            ObjectMeta.uid types.UID
            OwnerReference.uid types.UID
            PersistentVolumeClaimSpec.accessModes v1.PersistentVolumeAccessMode
            PersistentVolumeClaimSpec.volumeMode v1.PersistentVolumeMode
            PersistentVolumeSpec.accessModes v1.PersistentVolumeAccessMode
            PersistentVolumeSpec.persistentVolumeReclaimPolicy v1.PersistentVolumeReclaimPolicy
            PersistentVolumeSpec.volumeMode v1.PersistentVolumeMode
            PodDisruptionBudgetSpec.unhealthyPodEvictionPolicy v1.UnhealthyPodEvictionPolicyType
            PodSecurityContext.fsGroupChangePolicy v1.PodFSGroupChangePolicy
            PodSpec.dnsPolicy v1.DNSPolicy
            PodSpec.preemptionPolicy v1.PreemptionPolicy
            PodSpec.restartPolicy v1.RestartPolicy
            PriorityClass.preemptionPolicy v1.PreemptionPolicy
            ResourceQuotaSpec.scopes v1.ResourceQuotaScope
            RuleWithOperations.operations v1.OperationType
            RuleWithOperations.scope v1.ScopeType
            SeccompProfile.type v1.SeccompProfileType
            Secret.type v1.SecretType
            SecurityContext.procMount v1.ProcMountType
            ServicePort.protocol v1.Protocol
            ServiceSpec.externalTrafficPolicy v1.ServiceExternalTrafficPolicy
            ServiceSpec.internalTrafficPolicy v1.ServiceInternalTrafficPolicy
            ServiceSpec.ipFamilies v1.IPFamily
            ServiceSpec.ipFamilyPolicy v1.IPFamilyPolicy
            ServiceSpec.sessionAffinity v1.ServiceAffinity
            ServiceSpec.type v1.ServiceType
            StatefulSetSpec.podManagementPolicy v1.PodManagementPolicyType
            StatefulSetUpdateStrategy.type v1.StatefulSetUpdateStrategyType
            StorageClass.reclaimPolicy v1.PersistentVolumeReclaimPolicy
            StorageClass.volumeBindingMode v1.VolumeBindingMode
            Taint.effect v1.TaintEffect
            Toleration.effect v1.TaintEffect
            Toleration.operator v1.TolerationOperator
            TopologySpreadConstraint.whenUnsatisfiable v1.UnsatisfiableConstraintAction
            ValidatingWebhook.failurePolicy v1.FailurePolicyType
            ValidatingWebhook.matchPolicy v1.MatchPolicyType
            ValidatingWebhook.sideEffects v1.SideEffectClass
            VolumeMount.mountPropagation v1.MountPropagationMode
            """.split("\n"))
            .map(line -> line.split(" "))
            .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));

    private static final Set<String> OF_VOLUMES = Set.of(
            "accessModes",
            "capacity",
            "claimRef",
            "mountOptions",
            "nodeAffinity",
            "persistentVolumeReclaimPolicy",
            "storageClassName",
            "volumeAttributesClassName",
            "volumeMode");
    private static final Set<String> NAMED = Set.of(
            "ConfigMapEnvSource",
            "ConfigMapKeySelector",
            "ConfigMapProjection",
            "ConfigMapVolumeSource",
            "SecretEnvSource",
            "SecretKeySelector",
            "SecretProjection");

    private GoTypes() {}

    /// The structs within a struct that a field belongs to, each with a dot; empty where it is the struct's own.
    static String embedding(String owner, String field) {
        if (NAMED.contains(owner)) {
            return field.equals("name") ? "LocalObjectReference." : "";
        }
        return switch (owner) {
            case "IngressRule" -> field.equals("http") ? "IngressRuleValue." : "";
            case "Volume" -> field.equals("name") ? "" : "VolumeSource.";
            case "Probe" -> Set.of("exec", "grpc", "httpGet", "tcpSocket").contains(field) ? "ProbeHandler." : "";
            case "PersistentVolumeSpec" -> OF_VOLUMES.contains(field) ? "" : "PersistentVolumeSource.";
            case "EphemeralContainer" -> field.equals("targetContainerName") ? "" : "EphemeralContainerCommon.";
            case "RuleWithOperations" -> field.equals("operations") ? "" : "Rule.";
            case "NamedRuleWithOperations" ->
                field.equals("resourceNames")
                        ? ""
                        : "RuleWithOperations." + (field.equals("operations") ? "" : "Rule.");
            default -> "";
        };
    }

    /// The type of a field, where messages name another one than that of its text.
    ///
    /// @param shown what they would say of the text
    static String of(String owner, String field, String shown) {
        String known = NAMES.get(owner + "." + field);
        return known == null ? shown : shown.replace("string", known);
    }
}
