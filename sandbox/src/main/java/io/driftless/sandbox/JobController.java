package io.driftless.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.sandbox.defaults.Defaults;
import io.driftless.sandbox.model.Json;
import java.time.Duration;
import java.time.Instant;

/// Jobs: pods until enough of them have succeeded.
final class JobController implements Controller {
    private final ControllerWrites writes;
    private final Delays delays;

    JobController(ControllerWrites writes, Delays delays) {
        this.writes = writes;
        this.delays = delays;
    }

    @Override
    public void reconcile(Stored job) {
        JsonNode spec = job.tree().path("spec");
        if (job.tree().path("status").has("completionTime")) {
            expire(job, spec.path("ttlSecondsAfterFinished"));
            return;
        }
        ControlledPods pods = new ControlledPods(writes, job);
        int parallelism = spec.path("parallelism").asInt(1);
        int completions = spec.path("completions").asInt(Math.max(1, parallelism));
        boolean suspended = spec.path("suspend").asBoolean();
        int succeeded = pods.succeeded();
        if (pods.adjust(suspended ? 0 : Math.max(0, Math.min(parallelism, completions - succeeded)))) {
            pods = new ControlledPods(writes, job);
        }
        report(job, pods, completions, suspended);
    }

    private void report(Stored job, ControlledPods pods, int completions, boolean suspended) {
        int active = pods.active().size();
        int succeeded = pods.succeeded();
        int ready = pods.ready();
        int terminating = pods.terminating();
        boolean done = !suspended && succeeded >= completions && active == 0 && terminating == 0;
        writes.status(job.key(), next -> {
            ObjectNode status = Json.child(next, "status");
            status.put("ready", ready).put("terminating", terminating);
            Json.child(status, "uncountedTerminatedPods");
            Conditions.count(status, "active", active);
            Conditions.count(status, "succeeded", succeeded);
            if (suspended) {
                status.remove("startTime");
                condition(status, "Suspended", "True", "JobSuspended", "Job suspended");
                return;
            }
            Defaults.absent(status, "startTime", Json.now());
            if (!Conditions.find(next, "Suspended").isMissingNode()) {
                condition(status, "Suspended", "False", "JobResumed", "Job resumed");
            }
            if (done) {
                String why = "Reached expected number of succeeded pods";
                status.put("completionTime", Json.now());
                condition(status, "SuccessCriteriaMet", "True", "CompletionsReached", why);
                condition(status, "Complete", "True", "CompletionsReached", why);
            }
        });
        if (done) {
            writes.tell(job, "job-controller", "Completed", "Job completed");
        }
    }

    private static void condition(ObjectNode status, String type, String is, String reason, String message) {
        ArrayNode all = status.get("conditions") instanceof ArrayNode found ? found : status.putArray("conditions");
        String now = Json.now();
        ObjectNode next = Json.object()
                .put("type", type)
                .put("status", is)
                .put("lastProbeTime", now)
                .put("lastTransitionTime", now)
                .put("reason", reason)
                .put("message", message);
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).path("type").asText().equals(type)) {
                if (!all.get(i).path("status").asText().equals(is)) {
                    all.set(i, next);
                }
                return;
            }
        }
        all.add(next);
    }

    /// A Job that is done goes after its time.
    private void expire(Stored job, JsonNode seconds) {
        if (!seconds.isNumber()) {
            return;
        }
        Instant end = Instant.parse(
                        job.tree().path("status").path("completionTime").asText())
                .plusSeconds(seconds.asLong());
        long left = Duration.between(Instant.now(), end).toMillis();
        if (left <= 0) {
            writes.delete(job.key());
        } else {
            delays.again(job.key(), left + 10);
        }
    }
}
