package io.driftless.manifest.render;

import com.fasterxml.jackson.databind.JsonNode;

/// What to render.
///
/// @param source the Application's `spec.source` (or one of `spec.sources`) as it is declared: `path`, `directory`,
/// `kustomize`, …
/// @param limits bounds of this render
public record RenderRequest(JsonNode source, RenderLimits limits) {
    public static RenderRequest of(JsonNode source) {
        return new RenderRequest(source, RenderLimits.DEFAULT);
    }

    /// The declared path; absent or `.` mean the root of the repository.
    public String path() {
        return source.path("path").asText("");
    }
}
