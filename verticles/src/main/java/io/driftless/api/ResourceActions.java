package io.driftless.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.cluster.Cluster;
import io.driftless.events.LiveEvent.ResourceObserved;
import io.driftless.http.HttpFailure;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What can be done to a resource of a built-in kind beside changing it in Git.
enum ResourceActions {
    RESTART("restart", List.of("apps/Deployment", "apps/StatefulSet", "apps/DaemonSet")),
    SCALE("scale", List.of("apps/Deployment", "apps/StatefulSet")),
    PAUSE("pause", List.of("apps/Deployment")),
    RESUME("resume", List.of("apps/Deployment", "batch/CronJob", "batch/Job")),
    SUSPEND("suspend", List.of("batch/CronJob", "batch/Job")),
    CREATE_JOB("create-job", List.of("batch/CronJob")),
    TERMINATE("terminate", List.of("batch/Job")),
    TOGGLE_AUTO_SYNC("toggle-auto-sync", List.of("argoproj.io/Application"));

    private final String text;
    private final List<String> kinds;

    ResourceActions(String text, List<String> kinds) {
        this.text = text;
        this.kinds = kinds;
    }

    @Override
    public String toString() {
        return text;
    }

    /// The actions of a kind.
    static List<ResourceActions> of(ResourceObserved live) {
        String kind = live.resource().group() + '/' + live.resource().kind();
        List<ResourceActions> actions = new ArrayList<>();
        for (ResourceActions action : values()) {
            if (action.kinds.contains(kind)) {
                actions.add(action);
            }
        }
        return actions;
    }

    static ResourceActions named(ResourceObserved live, String name) {
        return of(live).stream()
                .filter(action -> action.text.equals(name))
                .findFirst()
                .orElseThrow(() -> HttpFailure.invalid("action '" + name + "' does not exist for "
                        + live.resource().kind() + ", or is not supported yet"));
    }

    /// Whether it would change nothing, as the resource is now.
    boolean disabled(JsonNode object) {
        boolean stopped = object.path("spec").path("paused").asBoolean()
                || object.path("spec").path("suspend").asBoolean();
        return switch (this) {
            case PAUSE, SUSPEND -> stopped;
            case RESUME -> !stopped;
            case TERMINATE -> finished(object);
            case RESTART, SCALE, CREATE_JOB, TOGGLE_AUTO_SYNC -> false;
        };
    }

    /// Does it. Blocks.
    ///
    /// @param parameters such as `replicas` of a scaling
    void run(Cluster cluster, ResourceObserved live, Map<String, String> parameters, Instant now) {
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        String flag = live.resource().group().equals("apps") ? "paused" : "suspend";
        switch (this) {
            case RESTART ->
                patch.putObject("spec")
                        .putObject("template")
                        .putObject("metadata")
                        .putObject("annotations")
                        .put(
                                "kubectl.kubernetes.io/restartedAt",
                                now.truncatedTo(ChronoUnit.SECONDS).toString());
            case SCALE -> patch.putObject("spec").put("replicas", replicas(parameters));
            case PAUSE, SUSPEND -> patch.putObject("spec").put(flag, true);
            case RESUME -> patch.putObject("spec").put(flag, false);
            // A Job over its time is ended by its controller, which keeps its record.
            case TERMINATE -> patch.putObject("spec").put("activeDeadlineSeconds", 1);
            case TOGGLE_AUTO_SYNC ->
                patch.putObject("spec")
                        .putObject("syncPolicy")
                        .putObject("automated")
                        .put("enabled", !automated(live.object()));
            case CREATE_JOB -> {
                cluster.create(job(live, now), "driftless-api", false);
                return;
            }
        }
        cluster.mergePatch(live.resource(), live.apiVersion(), "", patch);
    }

    private static boolean finished(JsonNode job) {
        for (JsonNode condition : job.path("status").path("conditions")) {
            boolean end = condition.path("type").asText().equals("Complete")
                    || condition.path("type").asText().equals("Failed");
            if (end && condition.path("status").asText().equals("True")) {
                return true;
            }
        }
        return false;
    }

    private static boolean automated(JsonNode application) {
        JsonNode automated = application.path("spec").path("syncPolicy").path("automated");
        return automated.isObject() && automated.path("enabled").asBoolean(true);
    }

    private static int replicas(Map<String, String> parameters) {
        String text = parameters.getOrDefault("replicas", "");
        if (!text.matches("[0-9]{1,5}")) {
            throw HttpFailure.invalid("parameter replicas must be a number");
        }
        return Integer.parseInt(text);
    }

    private static ObjectNode job(ResourceObserved live, Instant now) {
        JsonNode template = live.object().path("spec").path("jobTemplate");
        ObjectNode job = JsonNodeFactory.instance.objectNode();
        job.put("apiVersion", "batch/v1").put("kind", "Job");
        String name = live.resource().name();
        String base = name.length() > 40 ? name.substring(0, 40) : name;
        ObjectNode metadata = job.putObject("metadata")
                .put("name", base + '-' + now.getEpochSecond())
                .put("namespace", live.resource().namespace());
        if (template.path("metadata").path("labels").isObject()) {
            metadata.set("labels", template.path("metadata").path("labels"));
        }
        metadata.putArray("ownerReferences")
                .addObject()
                .put("apiVersion", live.apiVersion())
                .put("kind", live.resource().kind())
                .put("name", name)
                .put("uid", live.uid());
        job.set("spec", template.path("spec"));
        return job;
    }
}
