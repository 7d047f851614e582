package io.driftless.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.http.HttpFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The project `default`, to which Applications without one belong, and which allows everything until somebody changes
/// it.
final class DefaultProject {
    private static final Logger LOG = LoggerFactory.getLogger(DefaultProject.class);
    private static final String NAME = "default";

    private DefaultProject() {}

    /// Creates it where it does not exist. A control plane that does not let us is left as it is.
    static void ensure(ControlObjects objects, String namespace) {
        try {
            if (objects.get(namespace, NAME).isEmpty()) {
                objects.create(document(namespace));
            }
        } catch (HttpFailure refused) {
            LOG.warn("the project default could not be created: {}", refused.getMessage());
        }
    }

    private static ObjectNode document(String namespace) {
        ObjectNode project = JsonNodeFactory.instance.objectNode();
        project.put("apiVersion", Applications.API_VERSION).put("kind", "AppProject");
        project.putObject("metadata").put("name", NAME).put("namespace", namespace);
        ObjectNode spec = project.putObject("spec");
        spec.putArray("sourceRepos").add("*");
        spec.putArray("destinations").addObject().put("server", "*").put("namespace", "*");
        spec.putArray("clusterResourceWhitelist").addObject().put("group", "*").put("kind", "*");
        return project;
    }
}
