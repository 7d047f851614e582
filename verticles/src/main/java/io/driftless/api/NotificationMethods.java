package io.driftless.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.rpc.Methods;

/// Names of the triggers, templates and services that `argocd-notifications-cm` declares. Whoever
/// has a session may know them.
final class NotificationMethods {
    private static final String SERVICE = "notification.NotificationService/";
    private final ConfigMaps maps;

    NotificationMethods(ConfigMaps maps) {
        this.maps = maps;
    }

    void register(Methods methods) {
        methods.unary(SERVICE + "ListTriggers", (call, request) -> named("trigger."))
                .unary(SERVICE + "ListTemplates", (call, request) -> named("template."))
                .unary(SERVICE + "ListServices", (call, request) -> named("service."));
    }

    /// A service is called what stands last: `service.webhook.chat` is `chat`, `service.slack` is `slack`.
    private JsonNode named(String prefix) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode items = answer.putArray("items");
        maps.data("argocd-notifications-cm").keySet().stream()
                .filter(key -> key.startsWith(prefix) && key.length() > prefix.length())
                .map(key -> key.substring(prefix.length()))
                .map(name -> prefix.equals("service.") ? name.substring(name.lastIndexOf('.') + 1) : name)
                .distinct()
                .sorted()
                .forEach(name -> items.addObject().put("name", name));
        return answer;
    }
}
