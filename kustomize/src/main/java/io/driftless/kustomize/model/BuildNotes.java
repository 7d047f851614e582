package io.driftless.kustomize.model;

import io.driftless.kustomize.node.JsonText;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// The annotations in which a build remembers where a resource came from. They live on the object while the build runs,
/// because some results depend on their being there, and are taken off at its end.
public final class BuildNotes {
    static final String DOMAIN = "internal.config.kubernetes.io/";
    public static final String PREVIOUS_KINDS = DOMAIN + "previousKinds";
    public static final String PREVIOUS_NAMES = DOMAIN + "previousNames";
    public static final String PREVIOUS_NAMESPACES = DOMAIN + "previousNamespaces";
    public static final String PREFIXES = DOMAIN + "prefixes";
    public static final String SUFFIXES = DOMAIN + "suffixes";
    public static final String BEHAVIOR = DOMAIN + "generatorBehavior";
    public static final String NEEDS_HASH = DOMAIN + "needsHashSuffix";
    public static final String ALLOW_NAME_CHANGE = DOMAIN + "allowNameChange";
    public static final String ALLOW_KIND_CHANGE = DOMAIN + "allowKindChange";
    public static final String HELM_GENERATED = DOMAIN + "helm-generated";
    public static final String ORIGIN = "config.kubernetes.io/origin";
    public static final String TRANSFORMATIONS = "alpha.config.kubernetes.io/transformations";
    public static final String ENABLED = "enabled";

    /// All that is removed at the end.
    static final Set<String> ALL = Set.of(
            PREVIOUS_KINDS,
            PREVIOUS_NAMES,
            PREFIXES,
            SUFFIXES,
            PREVIOUS_NAMESPACES,
            ALLOW_NAME_CHANGE,
            ALLOW_KIND_CHANGE,
            DOMAIN + "refBy",
            BEHAVIOR,
            NEEDS_HASH,
            DOMAIN + "path",
            DOMAIN + "index",
            DOMAIN + "seqindent",
            DOMAIN + "id",
            DOMAIN + "annotations-migration-resource-id",
            "config.kubernetes.io/path",
            "config.kubernetes.io/index",
            "config.k8s.io/id",
            HELM_GENERATED);

    private BuildNotes() {}

    static boolean isInternal(String key) {
        return key.startsWith(DOMAIN)
                || key.equals("config.kubernetes.io/path")
                || key.equals("config.kubernetes.io/index")
                || key.equals("config.k8s.io/id");
    }

    /// The annotations of a resource that takes the place of another: its own win, but the history is that of the one
    /// it replaces.
    static Map<String, String> handedOn(Map<String, String> old, Map<String, String> own) {
        Map<String, String> annotations = new TreeMap<>(JsonText::compareUtf8);
        annotations.putAll(old);
        annotations.putAll(own);
        for (String note : ALL) {
            String value = old.get(note);
            if (value == null) {
                annotations.remove(note);
            } else {
                annotations.put(note, value);
            }
        }
        if (!own.containsKey(NEEDS_HASH)) {
            annotations.remove(NEEDS_HASH);
        }
        return annotations;
    }
}
