package io.driftless.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.sandbox.model.Json;
import java.util.List;

/// The Endpoints and the EndpointSlice of a service, as the controllers of a cluster write them.
final class EndpointObjects {
    private static final String CHANGED = "endpoints.kubernetes.io/last-change-trigger-time";

    private EndpointObjects() {}

    /// Whether a pod has an address and is still to be counted.
    static boolean addressed(Stored pod) {
        JsonNode status = pod.tree().path("status");
        String phase = status.path("phase").asText();
        return status.has("podIP") && !phase.equals("Succeeded") && !phase.equals("Failed");
    }

    private static boolean headless(JsonNode service) {
        return service.path("spec").path("clusterIP").asText().equals("None");
    }

    private static ObjectNode start(JsonNode service) {
        ObjectNode out = Json.object();
        ObjectNode meta = out.putObject("metadata");
        ObjectNode labels = meta.putObject("labels");
        if (service.path("metadata").path("labels") instanceof ObjectNode own) {
            labels.setAll(own);
        }
        if (headless(service)) {
            labels.put("service.kubernetes.io/headless", "");
        }
        meta.putObject("annotations")
                .put(CHANGED, service.path("metadata").path("creationTimestamp").asText());
        return out;
    }

    static ObjectNode endpoints(JsonNode service, List<Stored> pods) {
        ObjectNode out = start(service);
        Json.child(Json.meta(out), "labels").put("endpoints.kubernetes.io/managed-by", "endpoint-controller");
        if (pods.isEmpty()) {
            return out;
        }
        ObjectNode subset = out.putArray("subsets").addObject();
        for (boolean ready : new boolean[] {true, false}) {
            ArrayNode addresses = Json.MAPPER.createArrayNode();
            for (Stored pod : pods) {
                if (ready(service, pod) == ready && !pod.terminating()) {
                    ObjectNode address = addresses.addObject();
                    hostname(service, pod.tree(), address);
                    address.put("ip", address(pod)).put("nodeName", PodStandIn.NODE);
                    target(pod, address);
                }
            }
            if (!addresses.isEmpty()) {
                subset.set(ready ? "addresses" : "notReadyAddresses", addresses);
            }
        }
        if (subset.isEmpty()) {
            out.remove("subsets");
            return out;
        }
        ArrayNode ports = ports(service, pods.getFirst().tree(), false);
        if (!ports.isEmpty()) {
            subset.set("ports", ports);
        }
        return out;
    }

    static ObjectNode slice(JsonNode service, List<Stored> pods) {
        ObjectNode out = start(service);
        Json.child(Json.meta(out), "labels")
                .put("endpointslice.kubernetes.io/managed-by", "endpointslice-controller.k8s.io")
                .put("kubernetes.io/service-name", Json.name(service));
        out.put("addressType", "IPv4");
        ArrayNode endpoints = out.putArray("endpoints");
        for (Stored pod : pods) {
            ObjectNode endpoint = endpoints.addObject();
            endpoint.putArray("addresses").add(address(pod));
            boolean serving = ControlledPods.ready(pod);
            endpoint.putObject("conditions")
                    .put("ready", ready(service, pod))
                    .put("serving", serving)
                    .put("terminating", pod.terminating());
            hostname(service, pod.tree(), endpoint);
            endpoint.put("nodeName", PodStandIn.NODE);
            target(pod, endpoint);
        }
        out.set(
                "ports",
                pods.isEmpty()
                        ? Json.MAPPER.createArrayNode()
                        : ports(service, pods.getFirst().tree(), true));
        return out;
    }

    private static String address(Stored pod) {
        return pod.tree().path("status").path("podIP").asText();
    }

    private static boolean ready(JsonNode service, Stored pod) {
        return service.path("spec").path("publishNotReadyAddresses").asBoolean()
                || (ControlledPods.ready(pod) && !pod.terminating());
    }

    private static void hostname(JsonNode service, JsonNode pod, ObjectNode out) {
        String hostname = pod.path("spec").path("hostname").asText();
        if (headless(service)
                && !hostname.isEmpty()
                && pod.path("spec").path("subdomain").asText().equals(Json.name(service))) {
            out.put("hostname", hostname);
        }
    }

    private static void target(Stored pod, ObjectNode out) {
        out.putObject("targetRef")
                .put("kind", "Pod")
                .put("namespace", pod.key().namespace())
                .put("name", pod.key().name())
                .put("uid", pod.uid());
    }

    private static ArrayNode ports(JsonNode service, JsonNode pod, boolean always) {
        ArrayNode out = Json.MAPPER.createArrayNode();
        for (JsonNode port : service.path("spec").path("ports")) {
            int number = number(port, pod);
            if (number == 0) {
                continue;
            }
            ObjectNode one = out.addObject();
            String name = port.path("name").asText();
            if (always || !name.isEmpty()) {
                one.put("name", name);
            }
            one.put("port", number).put("protocol", port.path("protocol").asText("TCP"));
            if (port.has("appProtocol")) {
                one.set("appProtocol", port.path("appProtocol"));
            }
        }
        return out;
    }

    private static int number(JsonNode port, JsonNode pod) {
        JsonNode target = port.path("targetPort");
        if (!target.isTextual()) {
            return target.asInt(port.path("port").asInt());
        }
        for (JsonNode container : pod.path("spec").path("containers")) {
            for (JsonNode named : container.path("ports")) {
                if (named.path("name").asText().equals(target.asText())) {
                    return named.path("containerPort").asInt();
                }
            }
        }
        return 0;
    }
}
