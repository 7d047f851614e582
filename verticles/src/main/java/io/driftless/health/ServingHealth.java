package io.driftless.health;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.events.Health;
import io.driftless.events.HealthStatus;

/// Health of what gives access to something: Services, Ingresses, aggregated APIs.
final class ServingHealth {
    private ServingHealth() {}

    static Health service(JsonNode service) {
        return Health.of(
                service.path("spec").path("type").asText("").equals("LoadBalancer") && !hasAddress(service)
                        ? HealthStatus.PROGRESSING
                        : HealthStatus.HEALTHY);
    }

    static Health ingress(JsonNode ingress) {
        return Health.of(hasAddress(ingress) ? HealthStatus.HEALTHY : HealthStatus.PROGRESSING);
    }

    static Health apiService(JsonNode apiService) {
        JsonNode available = Conditions.find(apiService, "Available");
        if (available == null) {
            return new Health(HealthStatus.PROGRESSING, "Waiting to be processed");
        }
        return new Health(
                Conditions.isTrue(available) ? HealthStatus.HEALTHY : HealthStatus.PROGRESSING,
                available.path("reason").asText("") + ": " + Conditions.message(available));
    }

    private static boolean hasAddress(JsonNode object) {
        return !object.path("status").path("loadBalancer").path("ingress").isEmpty();
    }
}
