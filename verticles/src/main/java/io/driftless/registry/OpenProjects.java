package io.driftless.registry;

import io.driftless.project.Project;
import io.driftless.security.SecurityEvent;
import io.driftless.security.SecurityLog;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// Tells operators of projects whose Applications can make anybody an administrator, once until they are changed. Their
/// Applications carry a warning of it meanwhile.
final class OpenProjects {
    private final String home;
    private final Set<String> warned = new HashSet<>();

    /// @param home the control plane's namespace
    OpenProjects(String home) {
        this.home = home;
    }

    synchronized void look(Project project) {
        Optional<String> warning = project.openness(home);
        if (warning.isEmpty()) {
            warned.remove(project.name());
        } else if (warned.add(project.name())) {
            SecurityLog.tell(SecurityEvent.PROJECT_OPEN, warning.get(), "project", project.name());
        }
    }
}
