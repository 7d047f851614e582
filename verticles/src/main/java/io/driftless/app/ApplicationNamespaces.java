package io.driftless.app;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.cluster.ApiException;
import io.driftless.cluster.Cluster;
import io.driftless.events.ResourceId;
import io.driftless.project.NamespacePatterns;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// In which namespaces Applications are looked for beside the control plane's own: as the command line says, else
/// `application.namespaces` of the ConfigMap `argocd-cmd-params-cm`, which is read once, at the start.
final class ApplicationNamespaces {
    private static final Logger LOG = LoggerFactory.getLogger(ApplicationNamespaces.class);
    private static final String CONFIG = "argocd-cmd-params-cm";

    private ApplicationNamespaces() {}

    static NamespacePatterns of(ServerOptions options, Cluster controlPlane) {
        String given = options.applicationNamespaces();
        return NamespacePatterns.parse(given == null ? configured(controlPlane, options.namespace()) : given);
    }

    private static String configured(Cluster controlPlane, String namespace) {
        try {
            Optional<JsonNode> config = controlPlane.get(new ResourceId("", "ConfigMap", namespace, CONFIG), null);
            return config.map(map ->
                            map.path("data").path("application.namespaces").asText(""))
                    .orElse("");
        } catch (ApiException e) {
            // Nobody who uses one namespace alone has to give the right to read it.
            LOG.debug("{} cannot be read: {}", CONFIG, e.getMessage());
            return "";
        }
    }
}
