package io.driftless.registry;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.project.Project;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Warns of projects whose Applications can make anybody an administrator, once until they are changed. The project
/// `default` is open by nature until somebody changes it, as in Argo CD: it is not spoken of.
final class OpenProjects {
    /// Says that a project is meant to be so.
    static final String CONSENT = "driftless.io/open-project";

    private static final Logger LOG = LoggerFactory.getLogger(OpenProjects.class);
    private final String home;
    private final Set<String> warned = new HashSet<>();

    /// @param home the control plane's namespace
    OpenProjects(String home) {
        this.home = home;
    }

    synchronized void look(JsonNode object, Project project) {
        Optional<String> warning = warning(object, project, home);
        if (warning.isEmpty()) {
            warned.remove(project.name());
        } else if (warned.add(project.name())) {
            LOG.warn(warning.get());
        }
    }

    static Optional<String> warning(JsonNode object, Project project, String home) {
        boolean meant = object.path("metadata")
                .path("annotations")
                .path(CONSENT)
                .asText("")
                .equals("true");
        if (meant || project.name().equals(Project.DEFAULT) || !project.opens(home)) {
            return Optional.empty();
        }
        return Optional.of("AppProject " + project.name()
                + " lets Applications from any repository write everything in "
                + home + ", the namespace of the control plane, so whoever may make one becomes its administrator: name"
                + " repositories in spec.sourceRepos, or put a destination with the namespace '!" + home
                + "' beside the others, or say that it is meant with the annotation " + CONSENT + ": \"true\"");
    }
}
