package io.driftless.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.http.Answers;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Whether the process is well.
final class SystemRoutes {
    private final Supplier<HealthReport> health;
    private final BooleanSupplier caughtUp;

    /// @param caughtUp whether the API's own read model is complete
    SystemRoutes(Supplier<HealthReport> health, BooleanSupplier caughtUp) {
        this.health = health;
        this.caughtUp = caughtUp;
    }

    /// For probes, which name the host as they like. Who answers is alive: a broker that is away or tables that are
    /// still read make a process unready, but are no reason to restart it.
    void mountProbes(Router router) {
        router.get("/healthz").handler(context -> health(context, 200));
        router.get("/readyz").handler(context -> health(context, 503));
    }

    private void health(RoutingContext context, int unready) {
        HealthReport report = health.get();
        boolean ready = report.ready() && caughtUp.getAsBoolean();
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.put("status", ready ? "ok" : "not ready").put("broker", report.brokerReachable());
        answer.put("readModel", caughtUp.getAsBoolean());
        ObjectNode stages = answer.putObject("stages");
        new TreeMap<>(report.stages()).forEach(stages::put);
        Answers.json(context, ready ? 200 : unready, answer);
    }
}
