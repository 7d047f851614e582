package io.driftless.manifest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.driftless.events.ApplicationEvent.ApplicationDeclared;
import io.driftless.events.DesiredEvent.ManifestsRendered;
import io.driftless.events.DesiredEvent.RenderedResource;
import io.driftless.events.DesiredEvent.ResourceRendered;
import io.driftless.manifest.ManifestNews.Rendered;
import io.driftless.objects.Digests;
import java.util.ArrayList;
import java.util.List;

/// The record that closes a render: the list of what belongs to it.
final class ClosingRecord {
    private ClosingRecord() {}

    static ManifestsRendered of(ApplicationDeclared declared, Rendered render, long number) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        List<RenderedResource> resources = new ArrayList<>();
        for (ResourceRendered resource : render.resources()) {
            resources.add(new RenderedResource(resource.resource(), resource.digest()));
            list.add(resource.resource() + " " + resource.digest());
        }
        var source = declared.spec().source();
        return new ManifestsRendered(
                declared.application(),
                declared.uid(),
                declared.generation(),
                source.repoURL(),
                source.path(),
                source.targetRevision(),
                render.revision(),
                render.sourceType(),
                render.commit(),
                Digests.of(list),
                resources,
                render.warnings(),
                render.fetchMicros(),
                render.renderMicros(),
                number);
    }
}
