package io.driftless.manifest;

import io.driftless.cluster.Cluster.ServedKind;
import io.driftless.cluster.ClusterUnreachableException;
import io.driftless.cluster.Clusters;
import io.driftless.events.ApplicationEvent.ApplicationDeclared;
import io.driftless.events.ApplicationName;
import io.driftless.events.GroupKind;
import io.driftless.manifest.render.Desired;
import io.driftless.manifest.render.RenderRequest;
import io.driftless.manifest.render.ScopeLookup;
import java.util.Optional;

/// For whom manifests are rendered, as the renderer wants to know it.
public record RenderTargets(Clusters clusters, String controlPlaneNamespace) {

    RenderRequest.Application application(ApplicationDeclared declared) {
        return new RenderRequest.Application(
                declared.application().instanceName(controlPlaneNamespace),
                declared.spec().destination().namespace(),
                declared.spec().project());
    }

    Desired.Target target(ApplicationDeclared declared) {
        ApplicationName name = declared.application();
        return new Desired.Target(
                name.instanceName(controlPlaneNamespace),
                declared.spec().destination().namespace(),
                scopes(declared.spec().destination().server()));
    }

    /// What the destination says about kinds that Kubernetes itself does not have. While it does not answer,
    /// the well-known rules have to do: drift and sync will say that the cluster is unreachable.
    public ScopeLookup scopes(String server) {
        return (group, kind) -> {
            if (ScopeLookup.WELL_KNOWN.namespaced(group, kind).isPresent() || builtIn(group)) {
                return ScopeLookup.WELL_KNOWN.namespaced(group, kind);
            }
            try {
                return clusters.of(server).kind(new GroupKind(group, kind)).map(ServedKind::namespaced);
            } catch (ClusterUnreachableException e) {
                return Optional.empty();
            }
        };
    }

    private static boolean builtIn(String group) {
        return group.indexOf('.') < 0 || group.endsWith(".k8s.io");
    }
}
