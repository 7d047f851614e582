package io.driftless.observe;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.driftless.events.ApplicationEvent.ApplicationDeclared;
import io.driftless.events.ApplicationName;
import io.driftless.events.ApplicationSpec;
import io.driftless.events.ApplicationSpec.Destination;
import io.driftless.events.DesiredEvent.ManifestsRendered;
import io.driftless.events.DesiredEvent.RenderedResource;
import io.driftless.events.GroupKind;
import io.driftless.events.ResourceId;
import java.util.List;
import java.util.Map;

/// An application, and a render of kinds.
final class ObserveScenario {
    private ObserveScenario() {}

    static ApplicationDeclared declared(ApplicationName application) {
        ApplicationSpec spec = new ApplicationSpec(
                "",
                new ApplicationSpec.Source("https://x/y", "p", "", ApplicationSpec.Directory.PLAIN, null),
                new Destination(Destination.IN_CLUSTER, "", "default"),
                ApplicationSpec.SyncPolicy.MANUAL,
                List.of(),
                10);
        return new ApplicationDeclared(
                application, "u1", 1, spec, JsonNodeFactory.instance.objectNode(), Map.of(), List.of(), false);
    }

    static ManifestsRendered rendered(ApplicationName application, GroupKind... kinds) {
        List<RenderedResource> resources = List.of(kinds).stream()
                .map(kind -> new RenderedResource(new ResourceId(kind.group(), kind.kind(), "default", "x"), "d"))
                .toList();
        return new ManifestsRendered(
                application,
                "u1",
                1,
                "https://x/y",
                "p",
                "HEAD",
                "abc",
                "Directory",
                null,
                "d",
                resources,
                List.of(),
                0,
                0);
    }
}
