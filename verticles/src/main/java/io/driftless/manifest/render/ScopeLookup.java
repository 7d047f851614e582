package io.driftless.manifest.render;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Whether objects of a kind live in namespaces. What the cluster says about its own kinds is best;
/// [#WELL_KNOWN] is what is true of every cluster.
@FunctionalInterface
public interface ScopeLookup {
    /// Kinds of Kubernetes itself that belong to no namespace, by group.
    Map<String, Set<String>> CLUSTER_KINDS = Map.ofEntries(
            Map.entry("", Set.of("Namespace", "Node", "PersistentVolume", "ComponentStatus")),
            Map.entry(
                    "admissionregistration.k8s.io",
                    Set.of(
                            "MutatingWebhookConfiguration",
                            "ValidatingWebhookConfiguration",
                            "ValidatingAdmissionPolicy",
                            "ValidatingAdmissionPolicyBinding",
                            "MutatingAdmissionPolicy",
                            "MutatingAdmissionPolicyBinding")),
            Map.entry("apiextensions.k8s.io", Set.of("CustomResourceDefinition")),
            Map.entry("apiregistration.k8s.io", Set.of("APIService")),
            Map.entry("certificates.k8s.io", Set.of("CertificateSigningRequest", "ClusterTrustBundle")),
            Map.entry("flowcontrol.apiserver.k8s.io", Set.of("FlowSchema", "PriorityLevelConfiguration")),
            Map.entry("networking.k8s.io", Set.of("IngressClass", "IPAddress", "ServiceCIDR")),
            Map.entry("node.k8s.io", Set.of("RuntimeClass")),
            Map.entry("policy", Set.of("PodSecurityPolicy")),
            Map.entry("rbac.authorization.k8s.io", Set.of("ClusterRole", "ClusterRoleBinding")),
            Map.entry("resource.k8s.io", Set.of("DeviceClass", "ResourceSlice")),
            Map.entry("scheduling.k8s.io", Set.of("PriorityClass")),
            Map.entry(
                    "storage.k8s.io",
                    Set.of("CSIDriver", "CSINode", "StorageClass", "VolumeAttachment", "VolumeAttributesClass")));

    /// The kinds of Kubernetes itself; nothing about others.
    ScopeLookup WELL_KNOWN = (group, kind) ->
            CLUSTER_KINDS.getOrDefault(group, Set.of()).contains(kind) ? Optional.of(false) : Optional.empty();

    /// Nothing if the kind is not known.
    Optional<Boolean> namespaced(String group, String kind);

    /// This lookup where it knows, else [#WELL_KNOWN], else namespaced.
    default boolean isNamespaced(String group, String kind) {
        return namespaced(group, kind)
                .or(() -> WELL_KNOWN.namespaced(group, kind))
                .orElse(true);
    }
}
