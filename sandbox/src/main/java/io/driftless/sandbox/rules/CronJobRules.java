package io.driftless.sandbox.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.driftless.sandbox.custom.Violation;
import io.driftless.sandbox.model.Json;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What makes a CronJob invalid.
public final class CronJobRules {
    private static final List<String> POLICIES = List.of("Allow", "Forbid", "Replace");
    private static final List<JsonNode> NOT_MANUAL = List.of(TextNode.valueOf("nil"), TextNode.valueOf("false"));
    /// What is left of a name for its jobs.
    private static final int LONGEST_NAME = 52;

    private CronJobRules() {}

    static void add(JsonNode object, @Nullable JsonNode before, List<Violation> out) {
        Part spec = Part.at("spec", object.path("spec"), out);
        schedule(
                spec.in("schedule"),
                before == null ? "" : before.path("spec").path("schedule").asText());
        spec.in("startingDeadlineSeconds").notNegative();
        spec.with("timeZone", CronJobRules::zone);
        Part policy = spec.in("concurrencyPolicy");
        if (policy.text().isEmpty()) {
            policy.required("");
        } else {
            policy.oneOf(POLICIES);
        }
        Part job = Part.at(
                "spec.jobTemplate.spec", spec.value().path("jobTemplate").path("spec"), out);
        JobRules.spec(job);
        if (job.value().path("manualSelector").asBoolean()) {
            out.add(Violation.unsupported(
                    job.in("manualSelector").path(), job.value().path("manualSelector"), NOT_MANUAL));
        }
        if (job.in("selector").there()) {
            job.in("selector").invalid("`selector` will be auto-generated");
        }
        spec.in("successfulJobsHistoryLimit").notNegative();
        spec.in("failedJobsHistoryLimit").notNegative();
        if (before == null && Json.name(object).length() > LONGEST_NAME) {
            out.add(Names.invalid(
                    "metadata.name", Json.name(object), "must be no more than " + LONGEST_NAME + " characters"));
        }
    }

    private static void schedule(Part schedule, String before) {
        String text = schedule.text();
        if (text.isEmpty()) {
            schedule.required("");
            return;
        }
        String problem = CronText.problem(text);
        if (text.contains("TZ")) {
            if (!text.equals(before)) {
                schedule.invalid("cannot use TZ or CRON_TZ in schedule, use timeZone field instead");
            }
        } else if (problem != null) {
            schedule.invalid(problem);
        }
    }

    private static void zone(Part zone) {
        String name = zone.text();
        if (name.isEmpty()) {
            zone.invalid("timeZone must be nil or non-empty string");
            return;
        }
        if (name.equalsIgnoreCase("local")) {
            zone.invalid("timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones");
        }
        if (!Zones.KNOWN.contains(name) && !name.equals("Local")) {
            zone.invalid("unknown time zone " + name);
        }
    }

    /// Read when the first one is asked for.
    private static final class Zones {
        static final Set<String> KNOWN = known();

        private static Set<String> known() {
            Set<String> all = new java.util.HashSet<>(ZoneId.getAvailableZoneIds());
            all.removeIf(name -> name.startsWith("SystemV/"));
            all.addAll(List.of("EST", "MST", "HST"));
            return Set.copyOf(all);
        }
    }
}
