package io.driftless.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.objects.Comparison;
import io.driftless.objects.IgnoreRule;
import io.driftless.objects.IgnoredFields;
import io.driftless.objects.Predicted;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A resource that differs: as it is, and as it would be after a sync. What is not there is null. Secrets are never
/// compared here, because their values do not leave the server, and hooks are not, because they are run and not kept.
///
/// @param live an object, or JSON's null
/// @param target an object, or JSON's null
record ResourcePair(ResourceRef resource, JsonNode live, JsonNode target) {
    /// The field manager of the server.
    private static final String MANAGER = "argocd-controller";

    private static final JsonNode NONE = JsonNodeFactory.instance.nullNode();

    /// What differs from the newest render, as the server has compared it.
    static List<ResourcePair> ofGit(ApiClient api, ApplicationRef ref) {
        List<ResourcePair> pairs = new ArrayList<>();
        managed(api, ref).forEach((resource, item) -> {
            if (item.path("modified").asBoolean()) {
                pairs.add(new ResourcePair(
                        resource, state(item, "normalizedLiveState"), state(item, "predictedLiveState")));
            }
        });
        return pairs;
    }

    /// What differs from other manifests.
    ///
    /// @param app the Application, whose rules say what does not count
    static List<ResourcePair> ofManifests(
            ApiClient api, ApplicationRef ref, JsonNode app, List<? extends JsonNode> manifests) {
        List<IgnoreRule> rules = IgnoreRule.list(app.at("/spec/ignoreDifferences"));
        Map<ResourceRef, JsonNode> left = managed(api, ref);
        List<ResourcePair> pairs = new ArrayList<>();
        for (JsonNode manifest : manifests) {
            ResourceRef resource = ResourceRef.ofObject(manifest);
            JsonNode item = take(left, resource);
            JsonNode live = state(item, "liveState");
            if (resource.secret() || ResourceRef.isHook(manifest)) {
                continue;
            }
            if (!live.isObject()) {
                pairs.add(new ResourcePair(resource, NONE, manifest));
                continue;
            }
            IgnoredFields ignored = IgnoredFields.of(rules, manifest);
            List<Comparison.Difference> found =
                    Comparison.differences(ignored.without(manifest, live), ignored.without(live, live), MANAGER);
            if (!found.isEmpty()) {
                JsonNode shown = state(item, "normalizedLiveState");
                pairs.add(new ResourcePair(resource, shown, Predicted.of(shown, found)));
            }
        }
        surplus(left, pairs);
        return pairs;
    }

    /// What differs once the API server of the cluster has applied manifests, as a dry run.
    ///
    /// @param manifests empty for those of the newest render
    static List<ResourcePair> ofServer(ApiClient api, ApplicationRef ref, List<? extends JsonNode> manifests) {
        Map<ResourceRef, JsonNode> left = managed(api, ref);
        List<JsonNode> targets = new ArrayList<>(manifests);
        if (targets.isEmpty()) {
            left.values().forEach(item -> targets.add(state(item, "targetState")));
            targets.removeIf(target -> !target.isObject());
        }
        List<ResourcePair> pairs = new ArrayList<>();
        for (JsonNode target : targets) {
            ResourceRef resource = ResourceRef.ofObject(target);
            take(left, resource);
            if (!resource.secret() && !ResourceRef.isHook(target)) {
                predicted(api, ref, resource, target, pairs);
            }
        }
        surplus(left, pairs);
        return pairs;
    }

    /// One request for each, because objects may be large.
    private static void predicted(
            ApiClient api, ApplicationRef ref, ResourceRef resource, JsonNode target, List<ResourcePair> pairs) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putArray("targetManifests").add(target.toString());
        for (JsonNode item : api.post(ref.path("/server-side-diff", ""), body).path("items")) {
            if (item.path("modified").asBoolean()) {
                pairs.add(new ResourcePair(resource, state(item, "liveState"), state(item, "targetState")));
            }
        }
    }

    private static void surplus(Map<ResourceRef, JsonNode> left, List<ResourcePair> pairs) {
        left.forEach((resource, item) -> {
            JsonNode live = state(item, "normalizedLiveState");
            if (live.isObject()) {
                pairs.add(new ResourcePair(resource, live, NONE));
            }
        });
    }

    /// A manifest may name a namespace for what has none.
    private static JsonNode take(Map<ResourceRef, JsonNode> left, ResourceRef resource) {
        JsonNode exact = left.remove(resource);
        JsonNode other = exact != null
                ? exact
                : left.remove(new ResourceRef(resource.group(), "", resource.kind(), "", resource.name()));
        return other == null ? NONE : other;
    }

    private static Map<ResourceRef, JsonNode> managed(ApiClient api, ApplicationRef ref) {
        Map<ResourceRef, JsonNode> items = new LinkedHashMap<>();
        for (JsonNode item : api.get(ref.path("/managed-resources", "")).path("items")) {
            ResourceRef resource = ResourceRef.of(item);
            if (!resource.secret()) {
                items.put(resource, item);
            }
        }
        return items;
    }

    private static JsonNode state(JsonNode item, String field) {
        return ApiClient.json(item.path(field).asText("null"));
    }
}
