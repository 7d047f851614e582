package io.driftless.sandbox;

import io.driftless.sandbox.model.ResourceType;
import io.vertx.core.http.HttpServerRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A path below `/api/v1` or `/apis/GROUP/VERSION`, taken apart. Name and subresource are empty where
/// absent.
///
/// @param underWatch whether the path begins with `watch`, which asks for changes
record RequestPath(ResourceType type, String namespace, String name, String subresource, boolean underWatch) {

    /// Null where the path names no resource that is served.
    static @Nullable RequestPath parse(String path, ResourceRegistry registry) {
        List<String> parts = new ArrayList<>();
        for (String part : path.substring(1).split("/")) {
            if (part.isEmpty()) {
                return null;
            }
            // Unlike in a query, + stands for itself in a path.
            parts.add(URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8));
        }
        boolean core = parts.size() >= 3 && parts.getFirst().equals("api");
        boolean grouped = parts.size() >= 4 && parts.getFirst().equals("apis");
        if (!core && !grouped) {
            return null;
        }
        String group = core ? "" : parts.get(1);
        String version = parts.get(core ? 1 : 2);
        List<String> rest = parts.subList(core ? 2 : 3, parts.size());
        boolean underWatch = rest.size() > 1 && rest.getFirst().equals("watch");
        rest = underWatch ? rest.subList(1, rest.size()) : rest;
        String namespace = "";
        if (rest.size() >= 3 && rest.getFirst().equals("namespaces")) {
            ResourceType inner = registry.find(group, version, rest.get(2));
            if (inner != null && inner.namespaced()) {
                namespace = rest.get(1);
                rest = rest.subList(2, rest.size());
            }
        }
        ResourceType type = registry.find(group, version, rest.getFirst());
        boolean proxied = rest.size() > 3 && rest.get(2).equals("proxy");
        if (type == null || rest.size() > 3 && !proxied) {
            return null;
        }
        return new RequestPath(
                type, namespace, rest.size() > 1 ? rest.get(1) : "", rest.size() > 2 ? rest.get(2) : "", underWatch);
    }

    /// Whether a request for this asks for changes; one object is watched by a selector, or by the old way of a path.
    boolean watches(HttpServerRequest request) {
        return underWatch || (name.isEmpty() && Answers.flag(request, "watch"));
    }
}
