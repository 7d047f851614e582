package io.driftless.observe;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.cluster.Cluster;
import io.driftless.cluster.Cluster.Watch;
import io.driftless.cluster.Cluster.WatchHandler;
import io.driftless.cluster.Cluster.WatchRequest;
import io.driftless.events.GroupKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Tells, while a kind is missing on a cluster, of every change of a CustomResourceDefinition: a reason to look again.
final class DefinitionWatch implements AutoCloseable {
    private static final GroupKind DEFINITIONS = new GroupKind("apiextensions.k8s.io", "CustomResourceDefinition");
    private final Runnable changed;
    private @Nullable Watch watch;

    DefinitionWatch(Runnable changed) {
        this.changed = changed;
    }

    void wanted(Cluster cluster, boolean wanted) {
        if (!wanted) {
            close();
        } else if (watch == null && cluster.kind(DEFINITIONS).isPresent()) {
            watch = cluster.watch(new WatchRequest(DEFINITIONS, "", "", ""), new WatchHandler() {
                @Override
                public void listed(List<JsonNode> objects) {
                    changed.run();
                }

                @Override
                public void changed(Cluster.Change change, JsonNode object) {
                    changed.run();
                }
            });
        }
    }

    @Override
    public void close() {
        Watch open = watch;
        watch = null;
        if (open != null) {
            open.close();
        }
    }
}
