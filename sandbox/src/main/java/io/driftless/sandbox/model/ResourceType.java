package io.driftless.sandbox.model;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.objects.Schema;
import io.driftless.sandbox.custom.CustomKind;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One resource of one API version.
///
/// @param verbs what can be done with it; reviews are only created
/// @param custom the `spec.versions[]` entry of its definition, null for built-in types
/// @param defined the same, read for all its objects
/// @param storageVersion the version that stored objects carry; requests in others are relabelled
public record ResourceType(
        String group,
        String version,
        String kind,
        String plural,
        String singular,
        boolean namespaced,
        List<String> shortNames,
        List<String> categories,
        Set<String> subresources,
        List<String> verbs,
        Schema schema,
        String storageVersion,
        @Nullable JsonNode custom,
        @Nullable CustomKind defined) {
    /// The kind whose objects define kinds.
    public static final String DEFINITIONS = "customresourcedefinitions.apiextensions.k8s.io";

    /// What can be done with objects that are stored.
    public static final List<String> ALL_VERBS =
            List.of("create", "delete", "deletecollection", "get", "list", "patch", "update", "watch");

    /// Its events are those of the core group under other names.
    private static final String EVENTS = "events.k8s.io";

    private static final Set<String> GENERATIONS = Set.of(
            "apps",
            "batch",
            "networking.k8s.io",
            "policy",
            "apiextensions.k8s.io",
            "admissionregistration.k8s.io",
            "discovery.k8s.io",
            "flowcontrol.apiserver.k8s.io",
            "resource.k8s.io",
            "scheduling.k8s.io");
    private static final Set<String> UNCOUNTED =
            Set.of("controllerrevisions", "ipaddresses", "servicecidrs", "resourceclaims", "resourceclaimtemplates");

    /// Group and version, as objects tell them.
    public String apiVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }

    /// Group and version of what is stored.
    public String storageApiVersion() {
        return group.isEmpty() || group.equals(EVENTS) ? storageVersion : group + "/" + storageVersion;
    }

    /// What all versions of the resource share: `deployments.apps`, `pods`.
    public String id() {
        return group.isEmpty() || group.equals(EVENTS) ? plural : plural + "." + group;
    }

    /// What the real server calls the type of its objects where it tells of its insides.
    public String goType() {
        int dot = group.indexOf('.');
        String home = group.isEmpty() || group.equals(EVENTS) ? "core" : dot < 0 ? group : group.substring(0, dot);
        return custom == null ? "*" + home + "." + kind : "*unstructured.Unstructured";
    }

    /// Whether the status is a part that is written by itself.
    public boolean hasStatus() {
        return subresources.contains("status");
    }

    /// Whether `metadata.generation` counts changes of objects of this type.
    public boolean hasGeneration() {
        return custom != null
                || (GENERATIONS.contains(group) && !UNCOUNTED.contains(plural))
                || (group.isEmpty() && (plural.equals("pods") || plural.equals("podtemplates")));
    }
}
