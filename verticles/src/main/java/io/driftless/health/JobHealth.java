package io.driftless.health;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.events.Health;
import io.driftless.events.HealthStatus;

/// Health of Jobs and CronJobs.
final class JobHealth {
    private JobHealth() {}

    static Health job(JsonNode job) {
        JsonNode failed = Conditions.find(job, "Failed");
        if (failed != null && Conditions.isTrue(failed)) {
            return new Health(HealthStatus.DEGRADED, Conditions.message(failed));
        }
        JsonNode suspended = Conditions.find(job, "Suspended");
        if (suspended != null && Conditions.isTrue(suspended)) {
            return new Health(HealthStatus.SUSPENDED, Conditions.message(suspended));
        }
        JsonNode complete = Conditions.find(job, "Complete");
        if (complete != null && Conditions.isTrue(complete)) {
            return new Health(HealthStatus.HEALTHY, Conditions.message(complete));
        }
        return Health.of(HealthStatus.PROGRESSING);
    }

    /// A CronJob does not say how its last Job ended, only when one was started and when one last succeeded.
    static Health cronJob(JsonNode cronJob) {
        JsonNode status = cronJob.path("status");
        if (cronJob.path("spec").path("suspend").asBoolean()) {
            return new Health(HealthStatus.SUSPENDED, "CronJob is Suspended");
        }
        int active = status.path("active").size();
        if (active > 0) {
            return new Health(HealthStatus.PROGRESSING, "Waiting for " + active + " Jobs to complete");
        }
        String scheduled = status.path("lastScheduleTime").asText("");
        if (scheduled.isEmpty()) {
            return new Health(HealthStatus.HEALTHY, "CronJob has not been scheduled yet");
        }
        // RFC 3339 in UTC with whole seconds: later times are greater texts.
        return status.path("lastSuccessfulTime").asText("").compareTo(scheduled) < 0
                ? new Health(HealthStatus.DEGRADED, "CronJob has not completed its last execution successfully")
                : new Health(HealthStatus.HEALTHY, "CronJob has completed its last execution successfully");
    }
}
