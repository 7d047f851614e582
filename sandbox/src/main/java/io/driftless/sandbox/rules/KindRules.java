package io.driftless.sandbox.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.sandbox.custom.Definitions;
import io.driftless.sandbox.custom.Violation;
import io.driftless.sandbox.model.Json;
import io.driftless.sandbox.model.Relabel;
import io.driftless.sandbox.model.ResourceType;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What makes objects of some built-in kinds invalid.
public final class KindRules {
    /// Kinds whose status and metadata change far more often than what there are rules for.
    private static final Set<String> LASTING = Set.of(
            "pods",
            "deployments.apps",
            "replicasets.apps",
            "statefulsets.apps",
            "daemonsets.apps",
            "jobs.batch",
            "cronjobs.batch");

    private KindRules() {}

    /// Adds what is wrong with an object.
    ///
    /// @param subresource the one that is written; empty for the object
    public static void add(
            ResourceType type, String subresource, JsonNode object, @Nullable JsonNode before, List<Violation> out) {
        if (before != null && LASTING.contains(type.id()) && before.path("spec").equals(object.path("spec"))) {
            return;
        }
        switch (type.id()) {
            case "deployments.apps", "replicasets.apps", "statefulsets.apps", "daemonsets.apps" ->
                WorkloadRules.add(type, object, before, out);
            case "pods" -> PodRules.add(subresource, object, before, out);
            case "podtemplates" -> PodSpecRules.template("template", object.path("template"), out);
            case "jobs.batch" -> JobRules.add(object, before, out);
            case "cronjobs.batch" -> CronJobRules.add(object, before, out);
            case "ingresses.networking.k8s.io" -> IngressRules.add(object, before == null, out);
            case "poddisruptionbudgets.policy" -> BudgetRules.add(object.path("spec"), out);
            case "horizontalpodautoscalers.autoscaling" -> AutoscalerRules.add(object.path("spec"), out);
            case "endpointslices.discovery.k8s.io" -> EndpointSliceRules.add(object, before, out);
            case "networkpolicies.networking.k8s.io" -> NetworkPolicyRules.add(object.path("spec"), out);
            case "persistentvolumes" -> PersistentVolumeRules.add(object.path("spec"), before, out);
            case "leases.coordination.k8s.io" -> OtherRules.lease(object.path("spec"), out);
            case "events" ->
                EventRules.add(
                        type, Relabel.toStorage(type, object instanceof ObjectNode o ? o : Json.object()), before, out);
            case "storageclasses.storage.k8s.io" -> ClusterKindRules.storage(object, before, out);
            case "priorityclasses.scheduling.k8s.io" -> ClusterKindRules.priority(object, before, out);
            case "ingressclasses.networking.k8s.io" -> ClusterKindRules.ingresses(object.path("spec"), before, out);
            case "endpoints" -> EndpointRules.add(object.path("subsets"), out);
            case "validatingwebhookconfigurations.admissionregistration.k8s.io" -> WebhookRules.add(object, false, out);
            case "mutatingwebhookconfigurations.admissionregistration.k8s.io" -> WebhookRules.add(object, true, out);
            case "validatingadmissionpolicies.admissionregistration.k8s.io" -> PolicyRules.add(object, out);
            case "validatingadmissionpolicybindings.admissionregistration.k8s.io" -> PolicyRules.binding(object, out);
            case "runtimeclasses.node.k8s.io" -> FurtherKindRules.runtime(object, before, out);
            case "csidrivers.storage.k8s.io" -> FurtherKindRules.driver(object, before, out);
            case "volumeattachments.storage.k8s.io" -> FurtherKindRules.attachment(object, out);
            case "certificatesigningrequests.certificates.k8s.io" ->
                CertificateRules.add(subresource, object, before, out);
            case "apiservices.apiregistration.k8s.io" -> FurtherKindRules.apiService(object, out);
            case "flowschemas.flowcontrol.apiserver.k8s.io" -> FurtherKindRules.flow(object, out);
            case "prioritylevelconfigurations.flowcontrol.apiserver.k8s.io" -> FurtherKindRules.level(object, out);
            case "ipaddresses.networking.k8s.io" -> FurtherKindRules.address(object, before, out);
            case "servicecidrs.networking.k8s.io" -> FurtherKindRules.addresses(object, out);
            case "controllerrevisions.apps" -> FurtherKindRules.revision(object, out);
            case "nodes" -> FurtherKindRules.node(object, out);
            case "namespaces" -> NamespaceRules.add(object, before, out);
            case "configmaps" -> {
                data(object, before, out);
                SecretRules.size("[]", object, out);
            }
            case "secrets" -> {
                SecretRules.unmoved(object, before, out);
                data(object, before, out);
                SecretRules.size("data", object, out);
                SecretRules.add(object, out);
            }
            case "services" -> {
                ServiceRules.add(object.path("spec"), before, out);
                if (subresource.equals("status")) {
                    ServiceRules.balanced(object, out);
                }
            }
            case "limitranges" -> LimitRangeRules.add(object.path("spec"), out);
            case "resourcequotas" -> QuotaRules.add(object, before, out);
            case "persistentvolumeclaims" -> ClaimRules.add(object, before, out);
            case ResourceType.DEFINITIONS -> definition(object, before, out);
            case "roles.rbac.authorization.k8s.io",
                    "clusterroles.rbac.authorization.k8s.io",
                    "rolebindings.rbac.authorization.k8s.io",
                    "clusterrolebindings.rbac.authorization.k8s.io" -> RoleRules.add(type, object, before, out);
            default -> {}
        }
    }

    private static void data(JsonNode object, @Nullable JsonNode before, List<Violation> out) {
        boolean immutable = before != null && before.path("immutable").asBoolean();
        if (immutable && !object.path("immutable").asBoolean()) {
            out.add(Violation.forbidden("immutable", "field is immutable when `immutable` is set"));
        }
        for (String field : List.of("data", "binaryData")) {
            if (immutable && before != null && !before.path(field).equals(object.path(field))) {
                out.add(Violation.forbidden(field, "field is immutable when `immutable` is set"));
            }
        }
        for (String field : List.of("data", "binaryData")) {
            for (Map.Entry<String, JsonNode> entry : object.path(field).properties()) {
                String at = field + "[" + entry.getKey() + "]";
                SecretRules.key(at, entry.getKey(), out);
                if (field.equals("data") && object.path("binaryData").has(entry.getKey())) {
                    out.add(Names.invalid(at, entry.getKey(), "duplicate of key present in binaryData"));
                }
            }
        }
    }

    /// Adds what is wrong with a definition.
    private static void definition(JsonNode definition, @Nullable JsonNode before, List<Violation> wrong) {
        if (before == null || !before.path("spec").equals(definition.path("spec"))) {
            wrong.addAll(Definitions.check(definition, before));
        }
    }
}
