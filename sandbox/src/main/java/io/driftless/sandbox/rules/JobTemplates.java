package io.driftless.sandbox.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/// The templates of jobs that are there: they stay as they are, but that where pods are to run and with how much may be
/// said anew as long as the job is held back and never began.
public final class JobTemplates {
    private static final List<String> WHERE = List.of("nodeSelector", "tolerations", "schedulingGates");

    private JobTemplates() {}

    /// Complains where not all is kept that has to be.
    ///
    /// @param job the job as it is
    static void lasting(Part template, JsonNode before, JsonNode job) {
        if (template.value().equals(before)
                || waiting(job) && rest(template.value()).equals(rest(before))) {
            return;
        }
        Part spec = template.in("spec");
        if (spec.value().equals(before.path("spec"))) {
            template.invalid("field is immutable");
        } else {
            spec.invalid(InternalText.POD_SPEC.of(spec.value()), "field is immutable");
        }
    }

    private static boolean waiting(JsonNode job) {
        return job.path("spec").path("suspend").asBoolean()
                && job.path("status").path("startTime").isMissingNode();
    }

    private static JsonNode rest(JsonNode template) {
        if (!(template.deepCopy() instanceof ObjectNode out)) {
            return template;
        }
        if (out.path("metadata") instanceof ObjectNode meta) {
            meta.remove(List.of("labels", "annotations"));
            if (meta.isEmpty()) {
                out.remove("metadata");
            }
        }
        if (out.path("spec") instanceof ObjectNode spec) {
            spec.remove(WHERE);
            if (spec.get("affinity") instanceof ObjectNode affinity) {
                affinity.remove("nodeAffinity");
                if (affinity.isEmpty()) {
                    spec.remove("affinity");
                }
            }
            for (String list : List.of("containers", "initContainers")) {
                spec.path(list).forEach(container -> ((ObjectNode) container).remove("resources"));
            }
        }
        return out;
    }
}
