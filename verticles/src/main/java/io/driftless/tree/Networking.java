package io.driftless.tree;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// How traffic gets to an object and goes on from it: labels of pods, selectors and addresses of
/// Services, back ends and addresses of Ingresses, links that an annotation gives.
final class Networking {
    private static final String LINK = "link.argocd.argoproj.io/";
    private static final String NO_DEFAULT_LINKS = "argocd.argoproj.io/ignore-default-links";

    private Networking() {}

    static @Nullable JsonNode of(JsonNode object) {
        ObjectNode info = JsonNodeFactory.instance.objectNode();
        Set<String> urls = new TreeSet<>();
        switch (object.path("kind").asText()) {
            case "Pod" -> put(info, "labels", object.path("metadata").path("labels"));
            case "Service" -> {
                put(info, "targetLabels", object.path("spec").path("selector"));
                addresses(info, object);
            }
            case "Ingress" -> {
                put(info, "targetRefs", services(object));
                addresses(info, object);
                urls.addAll(urls(object));
            }
            default -> {}
        }
        JsonNode annotations = object.path("metadata").path("annotations");
        if (annotations.path(NO_DEFAULT_LINKS).asText().equals("true")) {
            urls.clear();
        }
        annotations.properties().stream()
                .filter(entry -> entry.getKey().startsWith(LINK))
                .forEach(entry -> urls.add(entry.getValue().asText()));
        if (!urls.isEmpty()) {
            urls.forEach(info.putArray("externalURLs")::add);
        }
        return info.isEmpty() ? null : info;
    }

    private static void put(ObjectNode info, String field, JsonNode value) {
        if (value.isContainerNode() && !value.isEmpty()) {
            info.set(field, value.deepCopy());
        }
    }

    private static void addresses(ObjectNode info, JsonNode object) {
        put(info, "ingress", object.path("status").path("loadBalancer").path("ingress"));
    }

    private static ArrayNode services(JsonNode ingress) {
        ArrayNode refs = JsonNodeFactory.instance.arrayNode();
        Set<String> seen = new HashSet<>();
        String namespace = ingress.path("metadata").path("namespace").asText("");
        addService(refs, seen, namespace, ingress.path("spec").path("defaultBackend"));
        for (JsonNode rule : ingress.path("spec").path("rules")) {
            for (JsonNode path : rule.path("http").path("paths")) {
                addService(refs, seen, namespace, path.path("backend"));
            }
        }
        return refs;
    }

    private static void addService(ArrayNode refs, Set<String> seen, String namespace, JsonNode backend) {
        String name = backend.path("service").path("name").asText("");
        if (!name.isEmpty() && seen.add(name)) {
            refs.addObject()
                    .put("group", "")
                    .put("kind", "Service")
                    .put("namespace", namespace)
                    .put("name", name);
        }
    }

    /// An address for each host and path; https where a certificate is named for the host.
    private static Set<String> urls(JsonNode ingress) {
        Set<String> secure = new HashSet<>();
        for (JsonNode tls : ingress.path("spec").path("tls")) {
            tls.path("hosts").forEach(host -> secure.add(host.asText()));
        }
        Set<String> urls = new TreeSet<>();
        for (JsonNode rule : ingress.path("spec").path("rules")) {
            String host = rule.path("host").asText("");
            if (host.isEmpty()) {
                continue;
            }
            String base = (secure.contains(host) ? "https://" : "http://") + host;
            JsonNode paths = rule.path("http").path("paths");
            if (paths.isEmpty()) {
                urls.add(base);
            }
            for (JsonNode path : paths) {
                String below = path.path("path").asText("");
                urls.add(base + (below.equals("/") ? "" : below));
            }
        }
        return urls;
    }
}
