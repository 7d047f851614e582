package io.driftless.manifest.render;

/// How a path is rendered (Argo CD: `status.sourceType`).
public enum SourceType {
    DIRECTORY("Directory"),
    KUSTOMIZE("Kustomize");

    private final String text;

    SourceType(String text) {
        this.text = text;
    }

    /// As Argo CD writes it.
    public String text() {
        return text;
    }
}
