package io.driftless.sandbox;

import io.driftless.sandbox.model.Json;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// How the server is: `/livez`, `/readyz` and `/healthz`, with the checks of the real server by name. There is one
/// process here, and what answers is well, so that each of them passes.
final class HealthChecks {
    private static final String HOOK = "poststarthook/";
    private static final List<String> HOOKS = List.of(
            "start-apiserver-admission-initializer",
            "generic-apiserver-start-informers",
            "priority-and-fairness-config-consumer",
            "priority-and-fairness-filter",
            "storage-object-count-tracker-hook",
            "start-apiextensions-informers",
            "start-apiextensions-controllers",
            "crd-informer-synced",
            "start-system-namespaces-controller",
            "peer-endpoint-reconciler-controller",
            "start-cluster-authentication-info-controller",
            "start-kube-apiserver-identity-lease-controller",
            "start-kube-apiserver-identity-lease-garbage-collector",
            "storage-readiness",
            "start-legacy-token-tracking-controller",
            "start-service-ip-repair-controllers",
            "rbac/bootstrap-roles",
            "scheduling/bootstrap-system-priority-classes",
            "priority-and-fairness-config-producer",
            "bootstrap-controller",
            "start-kubernetes-service-cidr-controller",
            "aggregator-reload-proxy-client-cert",
            "start-kube-aggregator-informers",
            "apiservice-status-local-available-controller",
            "apiservice-status-remote-available-controller",
            "apiservice-registration-controller",
            "apiservice-discovery-controller",
            "kube-apiserver-autoregistration",
            "/autoregister-completion",
            "apiservice-openapi-controller",
            "apiservice-openapiv3-controller");
    private static final List<String> ALIVE = checks("ping", "log", "loopback-serving-certificate", "etcd");
    private static final List<String> READY = ready();

    private HealthChecks() {}

    private static List<String> checks(String... first) {
        List<String> out = new ArrayList<>(List.of(first));
        HOOKS.forEach(hook -> out.add(hook.startsWith("/") ? hook.substring(1) : HOOK + hook));
        return out;
    }

    private static List<String> ready() {
        List<String> out = checks("ping", "log", "etcd", "etcd-readiness", "informer-sync");
        out.add("shutdown");
        return out;
    }

    /// @param endpoint `livez`, `readyz` or `healthz`
    /// @param check the one that is asked for; empty for all
    static void answer(HttpServerRequest request, String endpoint, String check) {
        List<String> checks = endpoint.equals("readyz") ? READY : ALIVE;
        request.response().putHeader("content-type", "text/plain; charset=utf-8");
        if (!check.isEmpty() && !checks.contains(check)) {
            request.response().setStatusCode(404).end("404 page not found\n");
        } else if (!check.isEmpty() || request.getParam("verbose") == null) {
            request.response().end("ok");
        } else {
            request.response().end(told(checks, request.params().getAll("exclude")) + endpoint + " check passed\n");
        }
    }

    private static String told(List<String> checks, List<String> excluded) {
        StringBuilder out = new StringBuilder();
        for (String one : checks) {
            out.append("[+]").append(one).append(excluded.contains(one) ? " excluded: ok\n" : " ok\n");
        }
        Set<String> unknown = new TreeSet<>(excluded);
        checks.forEach(unknown::remove);
        if (!unknown.isEmpty()) {
            out.append("warn: some health checks cannot be excluded: no matches for ")
                    .append(String.join(", ", unknown.stream().map(Json::quoted).toList()))
                    .append('\n');
        }
        return out.toString();
    }
}
