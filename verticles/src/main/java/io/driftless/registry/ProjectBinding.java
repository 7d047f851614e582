package io.driftless.registry;

import io.driftless.events.ApplicationName;
import io.driftless.events.ApplicationSpec;
import io.driftless.events.Condition;
import io.driftless.events.ProjectRules;
import io.driftless.project.Project;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Holds an Application to its project.
interface ProjectBinding {
    Bound bind(ApplicationName application, ApplicationSpec spec);

    /// @param problems what the project does not allow
    /// @param rules what it allows; null where no project restricts anything
    /// @param warnings what its user must know of the project
    record Bound(List<String> problems, @Nullable ProjectRules rules, List<Condition> warnings) {
        static final Bound FREE = new Bound(List.of(), null, List.of());

        public Bound {
            problems = List.copyOf(problems);
            warnings = List.copyOf(warnings);
        }
    }

    /// @param projects the projects by name
    /// @param clusters destinations by server and name
    /// @param home the control plane's namespace, whose Applications may use any project
    record ToProjects(Function<String, Optional<Project>> projects, ClusterNames clusters, String home)
            implements ProjectBinding {
        @Override
        public Bound bind(ApplicationName application, ApplicationSpec spec) {
            Optional<Project> found = projects.apply(spec.project());
            if (found.isEmpty()) {
                // Where nobody could make it, the project default allows what it always allows.
                return spec.project().equals(Project.DEFAULT)
                        ? Bound.FREE
                        : refused("Application referencing project " + spec.project() + " which does not exist: create"
                                + " the AppProject in namespace " + home);
            }
            Project project = found.get();
            if (!project.permitsApplicationsOf(application.namespace(), home)) {
                return refused("application '" + application.name() + "' in namespace '" + application.namespace()
                        + "' is not permitted to use project '" + project.name() + "'");
            }
            ApplicationSpec.Destination destination = spec.destination();
            Project.Target target = new Project.Target(
                    application.name(),
                    destination.server(),
                    clusters.name(destination.server()),
                    destination.namespace());
            List<String> problems = new ArrayList<>();
            project.unsupported()
                    .forEach(
                            field -> problems.add(field + " of project '" + project.name() + "' is not supported yet"));
            String url = spec.source().repoURL();
            if (!project.permitsSource(url)) {
                problems.add("application repo " + url + " is not permitted in project '" + project.name() + "'");
            }
            if (!project.permitsDestination(target)) {
                problems.add("application destination server '" + destination.server() + "' and namespace '"
                        + destination.namespace() + "' do not match any of the allowed destinations in project '"
                        + project.name() + "'");
            }
            try {
                List<Condition> warnings = project.openness(home).stream()
                        .map(warning -> new Condition(Condition.OPEN_PROJECT_WARNING, warning))
                        .toList();
                return new Bound(problems, project.rules(target), warnings);
            } catch (IllegalArgumentException e) {
                return refused("a sync window of project '" + project.name() + "' cannot be read: " + e.getMessage());
            }
        }

        private static Bound refused(String problem) {
            return new Bound(List.of(problem), null, List.of());
        }
    }
}
