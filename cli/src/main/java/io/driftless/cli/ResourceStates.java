package io.driftless.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// How the resources of an Application are, together with what the last operation made of them: those that it was about
/// first.
///
/// @param status whether it is as Git wants it; of what is no part of the Application, how the operation went
record ResourceStates(
        String group,
        String kind,
        String namespace,
        String name,
        String status,
        String health,
        String hook,
        String message) {
    static final List<String> HEADER =
            List.of("GROUP", "KIND", "NAMESPACE", "NAME", "STATUS", "HEALTH", "HOOK", "MESSAGE");

    static List<ResourceStates> of(JsonNode app) {
        Map<String, JsonNode> known = new TreeMap<>();
        app.at("/status/resources").forEach(resource -> known.put(key(resource), resource));
        Map<String, ResourceStates> states = new LinkedHashMap<>();
        for (JsonNode result : app.at("/status/operationState/syncResult/resources")) {
            String hook = text(result, "hookType");
            JsonNode resource = hook.isEmpty() ? known.remove(key(result)) : null;
            states.put(
                    key(result) + ' ' + hook,
                    resource == null
                            ? state(result, text(result, "hookPhase"), text(result, "status"), result)
                            : state(result, text(resource, "status"), health(resource), result));
        }
        known.forEach((key, resource) ->
                states.put(key, state(resource, text(resource, "status"), health(resource), resource.path("none"))));
        return new ArrayList<>(states.values());
    }

    private static ResourceStates state(JsonNode resource, String status, String health, JsonNode result) {
        return new ResourceStates(
                text(resource, "group"),
                text(resource, "kind"),
                text(resource, "namespace"),
                text(resource, "name"),
                status,
                health,
                text(result, "hookType"),
                text(result, "message"));
    }

    /// Cells under [#HEADER].
    List<String> row() {
        return List.of(group, kind, namespace, name, status, health, hook, message);
    }

    /// What tells this resource from the others.
    static String key(JsonNode resource) {
        return String.join(
                "/",
                text(resource, "group"),
                text(resource, "kind"),
                text(resource, "namespace"),
                text(resource, "name"));
    }

    String key() {
        return String.join("/", group, kind, namespace, name);
    }

    private static String health(JsonNode resource) {
        return resource.path("health").path("status").asText("");
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asText("");
    }
}
