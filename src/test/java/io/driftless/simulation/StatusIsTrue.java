package io.driftless.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.events.DriftEvent.ApplicationCompared;
import io.driftless.events.OperationEvent.OperationRecorded;
import io.driftless.events.Topic;

/// I8: `.status` of the Application says what the pipeline knows.
final class StatusIsTrue implements Invariant {
    @Override
    public String promise() {
        return "The status of the Application is what the pipeline knows";
    }

    @Override
    public void atRest(World world) {
        AtRest.all(world).values().forEach(application -> check(world, application));
    }

    private void check(World world, AtRest application) {
        JsonNode status = application.declared().path("status");
        if (application.last(Topic.DRIFT, "") instanceof ApplicationCompared compared) {
            same(
                    world,
                    application,
                    "sync",
                    compared.status(),
                    status.path("sync").path("status"));
            same(
                    world,
                    application,
                    "health",
                    compared.health().status(),
                    status.path("health").path("status"));
        }
        if (application.last(Topic.OPERATIONS, "") instanceof OperationRecorded last
                && last.uid().equals(application.uid())) {
            same(
                    world,
                    application,
                    "phase",
                    last.phase(),
                    status.path("operationState").path("phase"));
        }
    }

    private void same(World world, AtRest application, String what, Object known, JsonNode shown) {
        if (!known.toString().equals(shown.asText())) {
            throw violated(world, what + " of " + application.name() + " is " + known + " and shown as " + shown);
        }
    }
}
