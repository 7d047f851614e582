package io.driftless.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.objects.FieldSet;
import io.driftless.objects.ManagedFields;
import io.driftless.objects.ManagedFields.Entry;
import io.driftless.objects.ManagedFields.Operation;
import io.driftless.objects.PathStep;
import io.driftless.sandbox.model.Json;
import io.driftless.sandbox.model.ResourceType;
import java.util.ArrayList;
import java.util.List;

/// `metadata.managedFields` around a write: which fields it cannot come to own, and the list itself in
/// and out.
final class FieldOwners {
    static final ManagedFields NOBODY = new ManagedFields(List.of());
    private static final FieldSet SPEC = path("spec");
    private static final FieldSet STATUS = path("status");

    private static final FieldSet BUT_APPROVAL = SPEC.union(path("status", "certificate"));
    private static final FieldSet BUT_CERTIFICATE = SPEC.union(path("status", "conditions"));
    private static final FieldSet REPLICAS = path("spec", "replicas");

    private FieldOwners() {}

    private static FieldSet path(String... fields) {
        FieldSet.Builder out = new FieldSet.Builder();
        FieldSet.Builder at = out;
        for (String field : fields) {
            at = at.at(new PathStep.Field(field));
        }
        at.add();
        return out.build();
    }

    /// Fields that a write through this (sub)resource cannot change, so nobody comes to own them by it.
    static FieldSet ignored(ResourceType type, String subresource) {
        if (type.id().equals(CertificateStatus.TYPE) && !subresource.isEmpty()) {
            return subresource.equals("approval") ? BUT_APPROVAL : BUT_CERTIFICATE;
        }
        if (subresource.equals("status")) {
            return SPEC;
        }
        return subresource.isEmpty() && type.hasStatus() ? STATUS : FieldSet.EMPTY;
    }

    /// What the real server compares a new object with: an empty value of its Go type, in which structs and the list of
    /// containers are never absent.
    static ObjectNode blank(ResourceType type, ObjectNode object) {
        ObjectNode out = Json.object();
        if (type.custom() != null) {
            return out;
        }
        if (object.has("spec")) {
            blankSpec(type, object.path("spec"), out.putObject("spec"));
        }
        if (type.id().equals("events") && type.group().isEmpty()) {
            List.of("eventTime", "firstTimestamp", "lastTimestamp").forEach(out::putNull);
            out.put("reportingComponent", "").put("reportingInstance", "");
            out.putObject("involvedObject");
            out.putObject("source");
        }
        if (type.id().equals(CertificateStatus.TYPE)) {
            out.putObject("status");
        }
        if (type.id().equals("podtemplates")) {
            template(out);
        }
        if (type.id().equals("priorityclasses.scheduling.k8s.io")) {
            out.put("value", 0);
        }
        return out;
    }

    private static void blankSpec(ResourceType type, JsonNode wish, ObjectNode spec) {
        switch (type.id()) {
            case "pods" -> spec.putArray("containers");
            case "flowschemas.flowcontrol.apiserver.k8s.io" -> spec.putObject("priorityLevelConfiguration");
            case "volumeattachments.storage.k8s.io" -> spec.putObject("source");
            case "csinodes.storage.k8s.io" -> spec.putArray("drivers");
            case ResourceType.DEFINITIONS -> spec.putObject("names");
            case "deployments.apps" -> spec.putObject("strategy");
            case "statefulsets.apps" -> spec.put("serviceName", "").putObject("updateStrategy");
            case "daemonsets.apps" -> spec.putObject("updateStrategy");
            case "persistentvolumeclaims" -> spec.putObject("resources");
            case "networkpolicies.networking.k8s.io" -> spec.putObject("podSelector");
            case "horizontalpodautoscalers.autoscaling" -> spec.putObject("scaleTargetRef");
            case "cronjobs.batch" -> {
                ObjectNode job = spec.putObject("jobTemplate");
                job.putObject("metadata");
                template(job.putObject("spec"));
            }
            default -> {}
        }
        if (wish.has("template")) {
            template(spec);
        }
    }

    private static void template(ObjectNode parent) {
        ObjectNode template = parent.putObject("template");
        template.putObject("metadata");
        template.putObject("spec").putArray("containers");
    }

    /// Whom an update names as owners: those that there are, others, or nobody where it names one without anything, or
    /// where a patch takes all away.
    static ManagedFields given(JsonNode list, Stored before, boolean patch) {
        if (list.isEmpty() && patch) {
            return NOBODY;
        }
        if (list.isEmpty() || list.equals(before.tree().path("metadata").path("managedFields"))) {
            return before.managers();
        }
        if (list.size() == 1 && list.get(0).isEmpty()) {
            return NOBODY;
        }
        for (JsonNode entry : list) {
            String operation = entry.path("operation").asText();
            if (!entry.path("fieldsV1").isObject() || !operation.equals("Apply") && !operation.equals("Update")) {
                return before.managers();
            }
        }
        ObjectNode object = Json.object();
        Json.meta(object).set("managedFields", list);
        try {
            return ManagedFields.of(object);
        } catch (IllegalArgumentException unreadable) {
            return before.managers();
        }
    }

    /// Who owns the replicas after a Scale was written. One of no replicas is without the field, so who updated it owns
    /// it no more; where there were none before, it is left over once in an entry of its own.
    static ManagedFields scaled(ManagedFields managers, JsonNode live, JsonNode next) {
        if (next.path("spec").path("replicas").asInt() != 0) {
            return managers;
        }
        boolean changed = live.path("spec").path("replicas").asInt() != 0;
        List<Entry> out = new ArrayList<>();
        for (Entry entry : managers.entries()) {
            FieldSet rest = entry.fields().minus(REPLICAS);
            if (entry.manager().operation() == Operation.Apply || rest.equals(entry.fields())) {
                out.add(entry);
            } else if (!rest.isEmpty()) {
                out.add(new Entry(entry.manager(), entry.time(), rest));
                if (!changed) {
                    out.add(new Entry(entry.manager(), entry.time(), REPLICAS));
                }
            }
        }
        return new ManagedFields(out);
    }

    /// Writes the list into an object that may be changed.
    static void set(ObjectNode object, ManagedFields managers) {
        if (managers.entries().isEmpty()) {
            Json.meta(object).remove("managedFields");
        } else {
            Json.meta(object).set("managedFields", managers.toJson());
        }
    }

    /// The same; where no owner changed the list of the version before is used again.
    static void set(ObjectNode object, ManagedFields managers, Stored before) {
        if (managers.equals(before.managers())) {
            JsonNode known = before.tree().path("metadata").get("managedFields");
            if (known == null) {
                Json.meta(object).remove("managedFields");
            } else {
                Json.meta(object).set("managedFields", known);
            }
            return;
        }
        set(object, managers);
    }

    /// An object without the list; its other parts are shared.
    static ObjectNode without(ObjectNode live) {
        ObjectNode out = Json.object().setAll(live);
        Json.ownMeta(out).remove("managedFields");
        return out;
    }
}
