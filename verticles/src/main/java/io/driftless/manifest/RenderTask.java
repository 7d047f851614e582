package io.driftless.manifest;

import io.driftless.events.ApplicationEvent.ApplicationDeclared;
import org.jspecify.annotations.Nullable;

/// The one effect of the manifest stage: bring an application's manifests up to date.
///
/// @param declared the application to render
/// @param head commit that its target revision is known to be at; null when the repository has to be asked
/// @param rendered commit of the render in force; null when there is none for this edition of the spec
/// @param chain what the outcome belongs to; empty when the stage itself wanted to look
/// @param fetchMicros what it took to fetch `head`
public record RenderTask(
        ApplicationDeclared declared,
        @Nullable String head,
        @Nullable String rendered,
        String chain,
        long fetchMicros) {}
