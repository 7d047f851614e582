package io.driftless.health;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.events.Health;
import io.driftless.events.HealthStatus;

/// The health of one live object by the rules of Argo CD.
///
/// Kinds without a rule are Healthy as soon as they exist: being the best status, it never decides the health
/// of an application. Unreadable fields count as absent, so that a strange object is never an exception.
public final class HealthCheck {
    private static final String HOOK_FINALIZER = "argocd.argoproj.io/hook-finalizer";

    private HealthCheck() {}

    /// The health of `object` as the cluster holds it.
    public static Health of(JsonNode object) {
        if (pendingDeletion(object)) {
            return new Health(HealthStatus.PROGRESSING, "Pending deletion");
        }
        return switch (groupKind(object)) {
            case "apps/Deployment" -> WorkloadHealth.deployment(object);
            case "apps/StatefulSet" -> WorkloadHealth.statefulSet(object);
            case "apps/DaemonSet" -> WorkloadHealth.daemonSet(object);
            case "apps/ReplicaSet" -> WorkloadHealth.replicaSet(object);
            case "/Pod" -> PodHealth.of(object);
            case "batch/Job" -> JobHealth.job(object);
            case "batch/CronJob" -> JobHealth.cronJob(object);
            case "/Service" -> ServingHealth.service(object);
            case "networking.k8s.io/Ingress", "extensions/Ingress" -> ServingHealth.ingress(object);
            case "apiregistration.k8s.io/APIService" -> ServingHealth.apiService(object);
            case "/PersistentVolumeClaim" -> claim(object);
            case "autoscaling/HorizontalPodAutoscaler" -> AutoscalerHealth.of(object);
            case "argoproj.io/Application" -> application(object);
            default -> Health.of(HealthStatus.HEALTHY);
        };
    }

    /// A hook waits for its own finalizer to be taken away, which says nothing about its result.
    private static boolean pendingDeletion(JsonNode object) {
        JsonNode metadata = object.path("metadata");
        if (metadata.path("deletionTimestamp").asText("").isEmpty()) {
            return false;
        }
        for (JsonNode finalizer : metadata.path("finalizers")) {
            if (finalizer.asText().equals(HOOK_FINALIZER)) {
                return false;
            }
        }
        return true;
    }

    private static String groupKind(JsonNode object) {
        String apiVersion = object.path("apiVersion").asText("");
        int slash = apiVersion.indexOf('/');
        return (slash < 0 ? "" : apiVersion.substring(0, slash))
                + '/'
                + object.path("kind").asText("");
    }

    private static Health claim(JsonNode claim) {
        return Health.of(
                switch (claim.path("status").path("phase").asText("")) {
                    case "Bound" -> HealthStatus.HEALTHY;
                    case "Pending" -> HealthStatus.PROGRESSING;
                    case "Lost" -> HealthStatus.DEGRADED;
                    default -> HealthStatus.UNKNOWN;
                });
    }

    /// A child application is as healthy as its own status says; one that has none yet is still being looked at.
    private static Health application(JsonNode application) {
        JsonNode health = application.path("status").path("health");
        String text = health.path("status").asText("");
        if (text.isEmpty()) {
            return new Health(HealthStatus.PROGRESSING, "Waiting for the application to be compared");
        }
        String message = health.path("message").asText("");
        for (HealthStatus status : HealthStatus.values()) {
            if (status.toString().equals(text)) {
                return new Health(status, message);
            }
        }
        return new Health(HealthStatus.UNKNOWN, message);
    }
}
