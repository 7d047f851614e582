package io.driftless.sandbox.tables;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/// Cells of a Table that take more than a path to find: `@name` among the columns of a type.
public final class TableCells {
    private static final String NONE = "<none>";

    private TableCells() {}

    static String of(String name, JsonNode object, Instant now) {
        JsonNode spec = object.path("spec");
        JsonNode status = object.path("status");
        return switch (name) {
            case "@podStatus" -> podStatus(object);
            case "@servicePorts" -> servicePorts(spec);
            case "@externalIp" -> externalIp(spec, status);
            case "@jobStatus" -> jobStatus(spec, status);
            case "@duration" -> duration(status, now);
            case "@ingressClass" -> or(spec.path("ingressClassName").asText(), NONE);
            case "@ingressHosts" -> or(texts(spec.path("rules"), "host"), "*");
            case "@address" -> texts(status.path("loadBalancer").path("ingress"), "ip");
            case "@ingressPorts" -> spec.path("tls").isEmpty() ? "80" : "80, 443";
            case "@endpoints" -> endpoints(object);
            case "@slicePorts" -> or(texts(object.path("ports"), "port"), "<unset>");
            case "@sliceAddresses" -> sliceAddresses(object);
            case "@nodeStatus" -> nodeStatus(object);
            case "@roles" -> roles(object);
            case "@internalIp" -> nodeAddress(status, "InternalIP");
            case "@externalNodeIp" -> nodeAddress(status, "ExternalIP");
            case "@claim" -> claim(spec.path("claimRef"));
            case "@targets" -> targets(spec, status);
            case "@owner" -> owner(object);
            case "@lastSeen" -> seen(object, "lastTimestamp", now);
            case "@firstSeen" -> seen(object, "firstTimestamp", now);
            case "@involved" -> involved(object.path("involvedObject"));
            case "@budgetMin" -> or(spec.path("minAvailable").asText(), "N/A");
            case "@budgetMax" -> or(spec.path("maxUnavailable").asText(), "N/A");
            case "@schedule" -> seen(status, "lastScheduleTime", now);
            case "@selector" -> or(texts(spec.path("podSelector").path("matchLabels")), NONE);
            case "@quotaRequests" -> QuotaTable.cell(status, false);
            case "@quotaLimits" -> QuotaTable.cell(status, true);
            case "@certificateDuration" -> CertificateTable.duration(spec);
            case "@certificateStatus" -> CertificateTable.condition(status);
            default -> "<unknown>";
        };
    }

    private static String or(String text, String otherwise) {
        return text.isEmpty() ? otherwise : text;
    }

    private static String texts(JsonNode list, String field) {
        List<String> out = new ArrayList<>();
        list.forEach(item -> {
            if (item.has(field)) {
                out.add(item.path(field).asText());
            }
        });
        return String.join(",", out);
    }

    private static String texts(JsonNode map) {
        List<String> out = new ArrayList<>();
        map.properties().forEach(e -> out.add(e.getKey() + "=" + e.getValue().asText()));
        return String.join(",", out);
    }

    private static String podStatus(JsonNode pod) {
        if (pod.path("metadata").has("deletionTimestamp")) {
            return "Terminating";
        }
        for (JsonNode container : pod.path("status").path("containerStatuses")) {
            JsonNode state = container.path("state");
            String why = state.path("waiting").path("reason").asText();
            if (why.isEmpty()) {
                why = state.path("terminated").path("reason").asText();
            }
            if (!why.isEmpty()) {
                return why;
            }
        }
        String phase = pod.path("status").path("phase").asText();
        return phase.equals("Succeeded") ? "Completed" : or(phase, "Unknown");
    }

    private static String servicePorts(JsonNode spec) {
        List<String> out = new ArrayList<>();
        spec.path("ports")
                .forEach(port -> out.add(port.path("port").asText()
                        + (port.path("nodePort").asInt() > 0
                                ? ":" + port.path("nodePort").asText()
                                : "")
                        + "/" + port.path("protocol").asText("TCP")));
        return or(String.join(",", out), NONE);
    }

    private static String externalIp(JsonNode spec, JsonNode status) {
        return switch (spec.path("type").asText()) {
            case "ExternalName" -> spec.path("externalName").asText();
            case "LoadBalancer" -> or(texts(status.path("loadBalancer").path("ingress"), "ip"), "<pending>");
            default -> NONE;
        };
    }

    private static String jobStatus(JsonNode spec, JsonNode status) {
        String last = "";
        for (JsonNode condition : status.path("conditions")) {
            if (condition.path("status").asText().equals("True")
                    && List.of("Complete", "Failed", "Suspended", "FailureTarget")
                            .contains(condition.path("type").asText())) {
                last = condition.path("type").asText();
            }
        }
        return !last.isEmpty() ? last : spec.path("suspend").asBoolean() ? "Suspended" : "Running";
    }

    private static String duration(JsonNode status, Instant now) {
        String from = status.path("startTime").asText();
        String to = status.path("completionTime").asText();
        if (from.isEmpty()) {
            return "";
        }
        return Tables.age(Duration.between(Instant.parse(from), to.isEmpty() ? now : Instant.parse(to)));
    }

    private static String endpoints(JsonNode endpoints) {
        List<String> out = new ArrayList<>();
        for (JsonNode subset : endpoints.path("subsets")) {
            for (JsonNode port : subset.path("ports")) {
                subset.path("addresses")
                        .forEach(a -> out.add(
                                a.path("ip").asText() + ":" + port.path("port").asText()));
            }
            if (subset.path("ports").isEmpty()) {
                subset.path("addresses").forEach(a -> out.add(a.path("ip").asText()));
            }
        }
        return shortened(out, NONE);
    }

    private static String shortened(List<String> all, String none) {
        if (all.isEmpty()) {
            return none;
        }
        return all.size() <= 3
                ? String.join(",", all)
                : String.join(",", all.subList(0, 3)) + " + " + (all.size() - 3) + " more...";
    }

    private static String sliceAddresses(JsonNode slice) {
        List<String> out = new ArrayList<>();
        slice.path("endpoints").forEach(e -> e.path("addresses").forEach(a -> out.add(a.asText())));
        return shortened(out, "<unset>");
    }

    private static String nodeStatus(JsonNode node) {
        String ready = "Unknown";
        for (JsonNode condition : node.path("status").path("conditions")) {
            if (condition.path("type").asText().equals("Ready")) {
                ready = condition.path("status").asText().equals("True") ? "Ready" : "NotReady";
            }
        }
        return ready + (node.path("spec").path("unschedulable").asBoolean() ? ",SchedulingDisabled" : "");
    }

    private static String roles(JsonNode node) {
        TreeSet<String> roles = new TreeSet<>();
        String prefix = "node-role.kubernetes.io/";
        node.path("metadata").path("labels").properties().forEach(label -> {
            if (label.getKey().startsWith(prefix)) {
                roles.add(label.getKey().substring(prefix.length()));
            }
        });
        return or(String.join(",", roles), NONE);
    }

    private static String nodeAddress(JsonNode status, String type) {
        for (JsonNode address : status.path("addresses")) {
            if (address.path("type").asText().equals(type)) {
                return address.path("address").asText();
            }
        }
        return NONE;
    }

    private static String claim(JsonNode claim) {
        return claim.isMissingNode()
                ? ""
                : claim.path("namespace").asText() + "/" + claim.path("name").asText();
    }

    private static String targets(JsonNode spec, JsonNode status) {
        List<String> out = new ArrayList<>();
        for (int i = 0; i < spec.path("metrics").size(); i++) {
            JsonNode resource = spec.path("metrics").get(i).path("resource");
            JsonNode now =
                    status.path("currentMetrics").path(i).path("resource").path("current");
            out.add(resource.path("name").asText() + ": "
                    + (now.has("averageUtilization")
                            ? now.path("averageUtilization").asText() + "%"
                            : "<unknown>")
                    + "/" + resource.path("target").path("averageUtilization").asText() + "%");
        }
        return or(String.join(", ", out), NONE);
    }

    private static String owner(JsonNode object) {
        for (JsonNode owner : object.path("metadata").path("ownerReferences")) {
            if (owner.path("controller").asBoolean()) {
                String[] version = owner.path("apiVersion").asText().split("/");
                return owner.path("kind").asText().toLowerCase(java.util.Locale.ROOT)
                        + (version.length > 1 ? "." + version[0] : "")
                        + "/" + owner.path("name").asText();
            }
        }
        return NONE;
    }

    private static String seen(JsonNode object, String field, Instant now) {
        String time = object.path(field).asText();
        if (time.isEmpty() || time.equals("null")) {
            time = object.path("eventTime").asText();
        }
        return time.isEmpty() || time.equals("null")
                ? field.equals("lastScheduleTime") ? NONE : "<unknown>"
                : Tables.age(
                        Duration.between(java.time.OffsetDateTime.parse(time).toInstant(), now));
    }

    private static String involved(JsonNode object) {
        return object.path("kind").asText().toLowerCase(java.util.Locale.ROOT) + "/"
                + object.path("name").asText();
    }
}
