package io.driftless.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.http.Answers;
import io.vertx.core.Context;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Whether the process is well.
final class SystemRoutes {
    private final Supplier<HealthReport> health;
    private final BooleanSupplier caughtUp;
    private final Runnable controlPlane;

    /// @param caughtUp whether the API's own read model is complete
    /// @param controlPlane asks the API server of the control plane for something; fails when it does not answer
    SystemRoutes(Supplier<HealthReport> health, BooleanSupplier caughtUp, Runnable controlPlane) {
        this.health = health;
        this.caughtUp = caughtUp;
        this.controlPlane = controlPlane;
    }

    /// For probes, which name the host as they like. Who answers is alive: a broker that is away or tables that are
    /// still read make a process unready, but are no reason to restart it.
    void mountProbes(Router router) {
        router.get("/healthz").handler(context -> {
            if ("true".equals(context.queryParams().get("full"))) {
                full(context);
            } else {
                health(context, 200);
            }
        });
        router.get("/readyz").handler(context -> health(context, 503));
    }

    /// Whether everything that this process leans on answers: for people and monitors, not for probes.
    private void full(RoutingContext context) {
        Context caller = context.vertx().getOrCreateContext();
        Thread.ofVirtual().name("healthz").start(() -> {
            String problem = problem();
            caller.runOnContext(now -> {
                ObjectNode answer = report();
                answer.put("controlPlane", problem.isEmpty() ? "ok" : problem);
                boolean well = problem.isEmpty() && health.get().brokerReachable();
                answer.put("status", well ? answer.path("status").asText() : "not well");
                Answers.json(context, well ? 200 : 503, answer);
            });
        });
    }

    private String problem() {
        try {
            controlPlane.run();
            return "";
        } catch (RuntimeException e) {
            return "the API server of the control plane does not answer: " + e.getMessage();
        }
    }

    private void health(RoutingContext context, int unready) {
        ObjectNode answer = report();
        Answers.json(context, answer.path("status").asText().equals("ok") ? 200 : unready, answer);
    }

    private ObjectNode report() {
        HealthReport report = health.get();
        boolean ready = report.ready() && caughtUp.getAsBoolean();
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.put("status", ready ? "ok" : "not ready").put("broker", report.brokerReachable());
        answer.put("readModel", caughtUp.getAsBoolean());
        ObjectNode stages = answer.putObject("stages");
        new TreeMap<>(report.stages()).forEach(stages::put);
        return answer;
    }
}
