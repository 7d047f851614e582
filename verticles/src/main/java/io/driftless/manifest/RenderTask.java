package io.driftless.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.events.ApplicationEvent.ApplicationDeclared;
import org.jspecify.annotations.Nullable;

/// The one effect of the manifest stage: bring an application's manifests up to date, or render what an operation asked
/// for.
///
/// @param declared the application to render
/// @param head commit that its target revision is known to be at; null when the repository has to be asked
/// @param rendered commit of the render in force; null when there is none for this edition of the spec
/// @param chain what the outcome belongs to; empty when the stage itself wanted to look
/// @param fetchMicros what it took to fetch `head`
/// @param order what an operation asked for; null for the newest commit
public record RenderTask(
        ApplicationDeclared declared,
        @Nullable String head,
        @Nullable String rendered,
        String chain,
        long fetchMicros,
        @Nullable Order order) {
    /// Of the newest commit.
    public RenderTask(
            ApplicationDeclared declared,
            @Nullable String head,
            @Nullable String rendered,
            String chain,
            long fetchMicros) {
        this(declared, head, rendered, chain, fetchMicros, null);
    }

    static RenderTask of(ApplicationDeclared declared, Order order) {
        return new RenderTask(declared, null, null, order.chain(), 0, order);
    }

    /// What an operation applies instead of the newest commit.
    ///
    /// @param operation id of the operation
    /// @param revision branch, tag or commit
    /// @param source spec.source to render; null for that of the Application
    /// @param given manifests that are to be taken instead, sealed; null for those of the revision
    public record Order(
            String operation,
            String revision,
            @Nullable JsonNode source,
            @Nullable String given,
            String chain) {}
}
