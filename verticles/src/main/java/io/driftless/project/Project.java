package io.driftless.project;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.events.ApplicationSpec.Destination;
import io.driftless.events.ProjectRules;
import io.driftless.events.ProjectRules.KindRule;
import io.driftless.events.ProjectRules.SyncWindow;
import io.driftless.events.RepositoryUrl;
import io.driftless.events.ResourceId;
import io.driftless.rbac.Glob;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What an AppProject lets its Applications have. An entry with `!` in front forbids, and wins.
public final class Project {
    /// The project of Applications that name none.
    public static final String DEFAULT = "default";

    /// Annotation that says that a project is meant to be open.
    public static final String OPEN_CONSENT = "driftless.io/open-project";

    private final String name;
    private final boolean meant;
    private final List<JsonNode> specs = new ArrayList<>();

    /// @param project the AppProject
    /// @param inherited global projects whose entries count as if they stood in this one
    public Project(JsonNode project, List<JsonNode> inherited) {
        this.name = project.path("metadata").path("name").asText();
        this.meant = consents(project);
        this.specs.add(project.path("spec"));
        inherited.forEach(global -> specs.add(global.path("spec")));
    }

    /// Whether an AppProject says that it is meant to be open.
    public static boolean consents(JsonNode project) {
        return project.path("metadata")
                .path("annotations")
                .path(OPEN_CONSENT)
                .asText("")
                .equals("true");
    }

    public String name() {
        return name;
    }

    public boolean permitsSource(String url) {
        String wanted = RepositoryUrl.normalise(url);
        boolean permitted = false;
        for (JsonNode entry : entries("sourceRepos")) {
            String pattern = entry.asText();
            boolean denies = pattern.startsWith("!");
            boolean matches = matchesSource(denies ? pattern.substring(1) : pattern, wanted);
            if (denies && matches) {
                return false;
            }
            permitted |= denies != matches;
        }
        return permitted;
    }

    private static boolean matchesSource(String pattern, String url) {
        return pattern.equals("*") || Glob.matchesPath(RepositoryUrl.normalise(pattern), url);
    }

    public boolean permitsDestination(Target target) {
        return NamespaceRules.permit(namespaces(target), target.namespace());
    }

    /// Whether Applications of this namespace may belong to the project: those of the control plane always may.
    public boolean permitsApplicationsOf(String namespace, String controlPlane) {
        return namespace.equals(controlPlane)
                || NamespacePatterns.anyMatches(texts(entries("sourceNamespaces")), namespace);
    }

    /// Whether Applications from any repository may write the objects by which the control plane is governed.
    ///
    /// @param controlPlane its namespace
    public boolean opens(String controlPlane) {
        List<String> sources = texts(entries("sourceRepos"));
        Target target = new Target("", Destination.IN_CLUSTER, "in-cluster", controlPlane);
        return sources.contains("*")
                && sources.stream().noneMatch(source -> source.startsWith("!"))
                && permitsDestination(target)
                && Permits.permitted(
                        permissions(target), new ResourceId("argoproj.io", "AppProject", controlPlane, "any"));
    }

    /// What to say of a project whose Applications can make anybody an administrator; empty for nothing. The project
    /// `default` is open by nature until somebody changes it, as in Argo CD: it is not spoken of.
    ///
    /// @param controlPlane its namespace
    public Optional<String> openness(String controlPlane) {
        if (meant || name.equals(DEFAULT) || !opens(controlPlane)) {
            return Optional.empty();
        }
        return Optional.of("AppProject " + name + " lets Applications from any repository write everything in "
                + controlPlane
                + ", the namespace of the control plane, so whoever may make one becomes its administrator: name"
                + " repositories in spec.sourceRepos, or put a destination with the namespace '!" + controlPlane
                + "' beside the others, or say that it is meant with the annotation " + OPEN_CONSENT + ": \"true\"");
    }

    /// What of this project would change what may be deployed and is not supported yet; empty when nothing is.
    public List<String> unsupported() {
        List<String> found = new ArrayList<>();
        for (JsonNode spec : specs) {
            if (!spec.path("signatureKeys").isEmpty()) {
                found.add("spec.signatureKeys");
            }
            if (!spec.path("sourceIntegrity").isEmpty()) {
                found.add("spec.sourceIntegrity");
            }
            if (spec.path("permitOnlyProjectScopedClusters").asBoolean()) {
                found.add("spec.permitOnlyProjectScopedClusters");
            }
        }
        return found;
    }

    /// What concerns one Application.
    ///
    /// @throws IllegalArgumentException when a sync window of it cannot be read
    public ProjectRules rules(Target target) {
        return rules(target, windows(target));
    }

    /// The same without sync windows.
    public ProjectRules permissions(Target target) {
        return rules(target, List.of());
    }

    private List<SyncWindow> windows(Target target) {
        List<SyncWindow> windows = new ArrayList<>();
        for (JsonNode window : entries("syncWindows")) {
            if (WindowReader.concerns(window, target)) {
                windows.add(WindowReader.read(window));
            }
        }
        return windows;
    }

    private ProjectRules rules(Target target, List<SyncWindow> windows) {
        return new ProjectRules(
                kinds("clusterResourceWhitelist"),
                kinds("clusterResourceBlacklist"),
                namespacedKinds(),
                kinds("namespaceResourceBlacklist"),
                namespaces(target),
                windows);
    }

    private List<String> namespaces(Target target) {
        List<String> namespaces = new ArrayList<>();
        for (JsonNode entry : entries("destinations")) {
            NamespaceRules.of(entry, target).ifPresent(namespaces::add);
        }
        return namespaces;
    }

    /// A list that is there but empty allows nothing; one that is absent allows everything.
    private @Nullable List<KindRule> namespacedKinds() {
        List<KindRule> kinds = kinds("namespaceResourceWhitelist");
        return kinds.isEmpty()
                        && !specs.getFirst().path("namespaceResourceWhitelist").isArray()
                ? null
                : kinds;
    }

    private List<KindRule> kinds(String field) {
        return entries(field).stream()
                .map(entry -> new KindRule(
                        entry.path("group").asText(""),
                        entry.path("kind").asText(""),
                        entry.path("name").asText("")))
                .toList();
    }

    private List<JsonNode> entries(String field) {
        List<JsonNode> entries = new ArrayList<>();
        specs.forEach(spec -> spec.path(field).forEach(entries::add));
        return entries;
    }

    static List<String> texts(Iterable<JsonNode> list) {
        List<String> texts = new ArrayList<>();
        list.forEach(item -> texts.add(item.asText()));
        return texts;
    }

    /// An Application and where it goes.
    ///
    /// @param application its name
    /// @param server API server URL of the cluster; empty when there is no such cluster
    /// @param cluster name of the cluster; empty when there is no such cluster
    /// @param namespace spec.destination.namespace
    public record Target(String application, String server, String cluster, String namespace) {}
}
