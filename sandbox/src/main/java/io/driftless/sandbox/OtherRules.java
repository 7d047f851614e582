package io.driftless.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.sandbox.custom.Violation;
import java.util.List;

/// What makes objects of kinds with few rules invalid.
final class OtherRules {
    private OtherRules() {}

    static void job(String at, JsonNode spec, List<Violation> out) {
        for (String count : List.of("parallelism", "completions", "backoffLimit", "activeDeadlineSeconds")) {
            if (spec.path(count).asInt() < 0) {
                out.add(Violation.invalid(at + "." + count, spec.path(count), "must be greater than or equal to 0"));
            }
        }
        JsonNode pod = spec.path("template").path("spec");
        PodRules.add(at + ".template.spec", pod, out);
        if (pod.path("restartPolicy").asText().equals("Always")) {
            out.add(Violation.required(at + ".template.spec.restartPolicy", "valid values: \"OnFailure\", \"Never\""));
        }
    }

    static void cronJob(JsonNode spec, List<Violation> out) {
        String schedule = spec.path("schedule").asText();
        String[] fields = schedule.isBlank() ? new String[0] : schedule.strip().split("\\s+");
        if (schedule.isEmpty()) {
            out.add(Violation.required("spec.schedule", ""));
        } else if (!schedule.startsWith("@") && fields.length != 5) {
            out.add(Violation.invalid(
                    "spec.schedule",
                    spec.path("schedule"),
                    "expected exactly 5 fields, found " + fields.length + ": [" + String.join(" ", fields) + "]"));
        }
        negative("startingDeadlineSeconds", spec, out);
        if (spec.path("timeZone").asText().equalsIgnoreCase("local")) {
            out.add(Violation.invalid(
                    "spec.timeZone",
                    spec.path("timeZone"),
                    "timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones"));
        }
        ServiceRules.oneOf(
                "spec.concurrencyPolicy", spec.path("concurrencyPolicy"), List.of("Allow", "Forbid", "Replace"), out);
        job("spec.jobTemplate.spec", spec.path("jobTemplate").path("spec"), out);
        negative("successfulJobsHistoryLimit", spec, out);
        negative("failedJobsHistoryLimit", spec, out);
    }

    private static void negative(String count, JsonNode spec, List<Violation> out) {
        if (spec.path(count).asInt() < 0) {
            out.add(Violation.invalid("spec." + count, spec.path(count), "must be greater than or equal to 0"));
        }
    }

    static void lease(JsonNode spec, List<Violation> out) {
        JsonNode seconds = spec.path("leaseDurationSeconds");
        if (!seconds.isMissingNode() && seconds.asInt() <= 0) {
            out.add(Violation.invalid("spec.leaseDurationSeconds", seconds, "must be greater than 0"));
        }
        if (spec.path("leaseTransitions").asInt() < 0) {
            out.add(Violation.invalid(
                    "spec.leaseTransitions", spec.path("leaseTransitions"), "must be greater than or equal to 0"));
        }
    }

    static void event(JsonNode event, List<Violation> out) {
        JsonNode namespace = event.path("involvedObject").path("namespace");
        String own = Json.namespace(event);
        if (!namespace.asText().isEmpty() && !namespace.asText().equals(own)) {
            out.add(Violation.invalid("involvedObject.namespace", namespace, "does not match event.namespace"));
        } else if (namespace.asText().isEmpty() && !own.equals("default")) {
            out.add(Violation.invalid("involvedObject.namespace", "\"\"", "does not match event.namespace"));
        }
    }
}
