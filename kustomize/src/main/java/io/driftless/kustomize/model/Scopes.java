package io.driftless.kustomize.model;

/// What is known about which kinds belong to no namespace.
@FunctionalInterface
public interface Scopes {
    boolean isClusterScoped(Gvk gvk);
}
