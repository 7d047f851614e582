package io.driftless.sandbox.defaults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.sandbox.model.Json;
import io.driftless.sandbox.model.ResourceType;

/// Defaults of kinds that few people write.
public final class FurtherDefaults {
    private static final int LEAST_PRECEDENCE = 1000;
    private static final int HTTPS = 443;

    private FurtherDefaults() {}

    /// Completes an object in place.
    static void apply(ResourceType type, ObjectNode object) {
        switch (type.id()) {
            case "csidrivers.storage.k8s.io" -> driver(Json.child(object, "spec"));
            case "validatingadmissionpolicies.admissionregistration.k8s.io" -> {
                Defaults.absent(Json.child(object, "spec"), "failurePolicy", "Fail");
                matched(object.path("spec").path("matchConstraints"));
            }
            case "validatingadmissionpolicybindings.admissionregistration.k8s.io" ->
                matched(object.path("spec").path("matchResources"));
            case "flowschemas.flowcontrol.apiserver.k8s.io" -> {
                ObjectNode spec = Json.child(object, "spec");
                if (spec.path("matchingPrecedence").asInt() == 0) {
                    spec.put("matchingPrecedence", LEAST_PRECEDENCE);
                }
            }
            case "apiservices.apiregistration.k8s.io" -> {
                if (object.path("spec").path("service") instanceof ObjectNode service && !service.has("port")) {
                    service.put("port", HTTPS);
                }
            }
            case "nodes" -> {
                ObjectNode spec = Json.child(object, "spec");
                if (spec.has("podCIDR") && !spec.has("podCIDRs")) {
                    spec.putArray("podCIDRs").add(spec.path("podCIDR").asText());
                }
            }
            case "volumeattachments.storage.k8s.io" -> {
                ObjectNode status = Json.child(object, "status");
                if (!status.has("attached")) {
                    status.put("attached", false);
                }
            }
            case "controllerrevisions.apps" -> object.remove("spec");
            default -> {}
        }
    }

    private static void driver(ObjectNode spec) {
        for (String flag : new String[] {"podInfoOnMount", "requiresRepublish", "seLinuxMount", "storageCapacity"}) {
            if (!spec.has(flag)) {
                spec.put(flag, false);
            }
        }
        if (!spec.has("attachRequired")) {
            spec.put("attachRequired", true);
        }
        Defaults.absent(spec, "fsGroupPolicy", "ReadWriteOnceWithFSType");
        if (!spec.has("volumeLifecycleModes")) {
            spec.putArray("volumeLifecycleModes").add("Persistent");
        }
    }

    private static void matched(JsonNode matched) {
        if (!(matched instanceof ObjectNode resources)) {
            return;
        }
        Defaults.absent(resources, "matchPolicy", "Equivalent");
        Json.child(resources, "namespaceSelector");
        Json.child(resources, "objectSelector");
        for (String rules : new String[] {"resourceRules", "excludeResourceRules"}) {
            resources.path(rules).forEach(rule -> {
                if (rule instanceof ObjectNode one) {
                    Defaults.absent(one, "scope", "*");
                }
            });
        }
    }
}
