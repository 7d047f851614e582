package io.driftless.manifest.render;

import com.fasterxml.jackson.databind.JsonNode;

/// What to render.
///
/// @param source the Application's `spec.source` (or one of `spec.sources`) as it is declared: `path`, `directory`,
/// `kustomize`, …
/// @param application whose source it is
/// @param limits bounds of this render
public record RenderRequest(JsonNode source, Application application, RenderLimits limits) {
    /// What of an Application, beside its source, a render may put into manifests.
    ///
    /// @param name its instance name: with the namespace where it does not lie in that of the control plane
    /// @param namespace where its objects go
    /// @param project the AppProject it belongs to
    public record Application(String name, String namespace, String project) {}

    public static RenderRequest of(JsonNode source, Application application) {
        return new RenderRequest(source, application, RenderLimits.DEFAULT);
    }

    /// The declared path; absent or `.` mean the root of the repository.
    public String path() {
        return source.path("path").asText("");
    }
}
