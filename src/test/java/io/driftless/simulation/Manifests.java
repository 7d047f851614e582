package io.driftless.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.events.ApplicationName;
import io.driftless.events.DesiredEvent.ResourceRendered;
import io.driftless.events.ResourceId;
import io.driftless.objects.Digests;
import java.util.List;

/// What the files of the repository mean: one small object each. The name of a file says of which kind it is, and in
/// which wave.
public final class Manifests {
    /// The namespace that everything is deployed to.
    static final String NAMESPACE = "prod";

    static final String VALUE = "value";
    static final String TRACKING = "argocd.argoproj.io/tracking-id";

    private Manifests() {}

    static ResourceId id(String application, String file) {
        String name = application.substring(application.indexOf('/') + 1) + '-' + file;
        return new ResourceId("", claim(file) ? "PersistentVolumeClaim" : "ConfigMap", NAMESPACE, name);
    }

    private static boolean claim(String file) {
        return file.startsWith("p");
    }

    static int wave(String file) {
        return file.startsWith("c") ? 1 : 0;
    }

    public static ResourceRendered rendered(ApplicationName application, String file, int value) {
        ResourceId id = id(application.toString(), file);
        ObjectNode manifest = JsonNodeFactory.instance.objectNode();
        manifest.put("apiVersion", "v1").put("kind", id.kind());
        ObjectNode metadata = manifest.putObject("metadata");
        metadata.put("name", id.name()).put("namespace", NAMESPACE);
        metadata.putObject("labels").put(VALUE, Integer.toString(value));
        ObjectNode annotations = metadata.putObject("annotations");
        annotations.put(TRACKING, application.name() + ":/" + id.kind() + ':' + NAMESPACE + '/' + id.name());
        if (wave(file) != 0) {
            annotations.put("argocd.argoproj.io/sync-wave", Integer.toString(wave(file)));
        }
        if (!claim(file)) {
            manifest.putObject("data").put("size", "1");
        }
        return new ResourceRendered(application, id, "v1", Digests.of(manifest), manifest, null, wave(file), List.of());
    }

    /// What an object says; -1 when somebody made nonsense of it.
    static int value(JsonNode object) {
        return object.path("metadata").path("labels").path(VALUE).asInt(-1);
    }

    static String size(JsonNode object) {
        return object.path("data").path("size").asText("");
    }

    /// The Application, as `namespace/name`, that an object says it belongs to; empty for none.
    static String owner(JsonNode object) {
        String tracking =
                object.path("metadata").path("annotations").path(TRACKING).asText("");
        int colon = tracking.indexOf(':');
        return colon < 0 ? "" : "argocd/" + tracking.substring(0, colon);
    }
}
