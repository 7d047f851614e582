package io.driftless.kustomize.model;

import java.util.Set;

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
}
