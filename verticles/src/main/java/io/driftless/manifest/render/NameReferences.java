package io.driftless.manifest.render;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// After names have changed, makes the fields that named an object by a former name use its present one. A text
/// that is
/// no former
/// name of any object in sight stays.
final class NameReferences {
    private record Former(String kind, String name) {}

    private final ResourceList resources;
    private final Map<Former, List<KustomizeResource>> renamed = new HashMap<>();

    NameReferences(ResourceList resources) {
        this.resources = resources;
        for (KustomizeResource resource : resources) {
            resource.previous().stream()
                    .map(id -> new Former(id.kind(), id.name()))
                    .distinct()
                    .forEach(former -> renamed.computeIfAbsent(former, key -> new ArrayList<>())
                            .add(resource));
        }
    }

    void fix() {
        if (renamed.isEmpty()) {
            return;
        }
        for (KustomizeResource resource : resources) {
            ReferencePaths.BY_KIND.forEach((kind, paths) -> {
                for (FieldPath path : paths) {
                    if (path.path().endsWith("roleRef/name") || path.path().endsWith("scaleTargetRef/name")) {
                        typed(resource, kind, path);
                    } else {
                        path.edit(resource.object(), old -> replaced(resource, kind, old));
                    }
                }
            });
            subjects(resource);
            webhookNamespaces(resource);
        }
    }

    private JsonNode replaced(KustomizeResource referrer, String kind, JsonNode old) {
        if (old instanceof ArrayNode names) {
            ArrayNode result = JsonNodeFactory.instance.arrayNode();
            names.forEach(name -> result.add(replaced(referrer, kind, name)));
            return result;
        }
        return old.isTextual()
                ? find(referrer, kind, old.textValue(), candidate -> visible(referrer, candidate))
                        .<JsonNode>map(found -> TextNode.valueOf(found.name()))
                        .orElse(old)
                : old;
    }

    /// A reference that says the kind beside the name.
    private void typed(KustomizeResource referrer, String kind, FieldPath path) {
        String parent = path.path().substring(0, path.path().lastIndexOf('/'));
        FieldPath.existing(parent, path.kinds().toArray(String[]::new)).edit(referrer.object(), reference -> {
            if (reference instanceof ObjectNode map && map.path("kind").asText().equals(kind)) {
                map.set("name", replaced(referrer, kind, map.path("name")));
            }
            return reference;
        });
    }

    /// Subjects of bindings name ServiceAccounts of any namespace: both name and namespace follow the account.
    private void subjects(KustomizeResource referrer) {
        if (!referrer.id().kind().endsWith("RoleBinding")) {
            return;
        }
        for (JsonNode subject : referrer.object().path("subjects")) {
            if (!(subject instanceof ObjectNode map)
                    || !map.path("kind").asText().equals("ServiceAccount")) {
                continue;
            }
            String namespace = map.path("namespace").asText("");
            find(referrer, "ServiceAccount", map.path("name").asText(), account -> hadNamespace(account, namespace))
                    .ifPresent(account -> {
                        map.put("name", account.name());
                        if (!account.namespace().isEmpty()) {
                            map.put("namespace", account.namespace());
                        }
                    });
        }
    }

    private void webhookNamespaces(KustomizeResource referrer) {
        for (JsonNode webhook : referrer.object().path("webhooks")) {
            if (webhook.path("clientConfig").path("service") instanceof ObjectNode service) {
                String name = service.path("name").asText();
                String namespace = service.path("namespace").asText("");
                resources
                        .matching(candidate -> candidate.id().kind().equals("Service")
                                && candidate.name().equals(name)
                                && hadNamespace(candidate, namespace)
                                && !candidate.namespace().isEmpty())
                        .forEach(found -> service.put("namespace", found.namespace()));
            }
        }
    }

    private static boolean hadNamespace(KustomizeResource resource, String namespace) {
        String effective = namespace.equals("default") ? "" : namespace;
        return resource.ids().anyMatch(id -> id.namespace().equals(effective));
    }

    private static boolean visible(KustomizeResource referrer, KustomizeResource candidate) {
        return !referrer.namespaced()
                || !candidate.namespaced()
                || referrer.id().namespace().equals(candidate.id().namespace());
    }

    private Optional<KustomizeResource> find(
            KustomizeResource referrer, String kind, String name, Predicate<KustomizeResource> accepted) {
        List<KustomizeResource> found = renamed.getOrDefault(new Former(kind, name), List.of()).stream()
                .filter(accepted)
                .toList();
        if (found.size() > 1) {
            List<KustomizeResource> near =
                    found.stream().filter(referrer::sharesAffixes).toList();
            found = near.isEmpty() ? found : near;
        }
        if (found.stream().map(KustomizeResource::name).distinct().count() > 1) {
            throw RefusedRender.at(
                    referrer.manifest().file(),
                    referrer.manifest().line(),
                    "found multiple possible referrals for the " + kind + " \"" + name + "\" named by "
                            + referrer.id().shown() + "; give the objects different names");
        }
        return found.stream().findFirst();
    }
}
