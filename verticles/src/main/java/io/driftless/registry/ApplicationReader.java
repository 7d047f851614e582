package io.driftless.registry;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.events.ApplicationEvent;
import io.driftless.events.ApplicationEvent.ApplicationDeclared;
import io.driftless.events.ApplicationEvent.ApplicationRejected;
import io.driftless.events.ApplicationName;
import io.driftless.events.ApplicationSpec;
import io.driftless.events.Condition;
import io.driftless.events.ProjectRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// From the custom resource to the event: the Application as the pipeline works with it, or every
/// reason why it cannot. A destination given by name leaves here with its server URL.
final class ApplicationReader {
    static final String REFRESH = "argocd.argoproj.io/refresh";
    /// Requests and copies, not properties of the Application.
    static final Set<String> PASSING =
            Set.of(REFRESH, "argocd.argoproj.io/refresh-timestamp", "kubectl.kubernetes.io/last-applied-configuration");

    private ApplicationReader() {}

    static ApplicationName name(JsonNode object) {
        JsonNode metadata = object.path("metadata");
        return new ApplicationName(
                metadata.path("namespace").asText(), metadata.path("name").asText());
    }

    /// An Application that is being deleted is not held up by what its project no longer allows: what it may still
    /// touch is in the rules.
    ///
    /// @param line what is to be said of the Applications that deploy it
    static ApplicationEvent read(
            JsonNode object, ClusterNames clusters, ProjectBinding projects, List<Condition> line) {
        JsonNode metadata = object.path("metadata");
        SpecReader reader = new SpecReader(object.path("spec"), clusters);
        Optional<ApplicationSpec> spec = reader.read();
        String uid = metadata.path("uid").asText("");
        long generation = metadata.path("generation").asLong();
        if (spec.isEmpty()) {
            return new ApplicationRejected(name(object), uid, generation, invalid(reader.problems()));
        }
        boolean deleting = metadata.hasNonNull("deletionTimestamp");
        ProjectBinding.Bound bound = projects.bind(name(object), spec.get());
        if (!bound.problems().isEmpty() && !(deleting && bound.rules() != null)) {
            return new ApplicationRejected(name(object), uid, generation, invalid(bound.problems()));
        }
        List<Condition> errors = line.stream().filter(Condition::error).toList();
        if (!errors.isEmpty() && !deleting) {
            return new ApplicationRejected(name(object), uid, generation, errors);
        }
        List<Condition> warnings = new ArrayList<>(line);
        warnings.addAll(bound.warnings());
        Map<String, String> annotations = SpecReader.map(metadata.path("annotations"));
        annotations.keySet().removeAll(PASSING);
        return new ApplicationDeclared(
                name(object),
                uid,
                generation,
                spec.get(),
                object.path("spec"),
                annotations,
                SpecReader.texts(metadata.path("finalizers")),
                deleting,
                bound.rules(),
                warnings);
    }

    private static List<Condition> invalid(List<String> problems) {
        return problems.stream()
                .map(problem -> new Condition(Condition.INVALID_SPEC_ERROR, problem))
                .toList();
    }

    /// The event with the number of the edition before, where only the rules of the project or the warnings are others:
    /// nothing has to be rendered anew for them.
    static ApplicationEvent numberedAs(ApplicationEvent event, ApplicationEvent before) {
        return event instanceof ApplicationDeclared now
                        && before instanceof ApplicationDeclared old
                        && edition(now, 0, null, List.of()).equals(edition(old, 0, null, List.of()))
                ? edition(now, old.generation(), now.rules(), now.warnings())
                : event;
    }

    /// The same edition, whatever its number: without a status subresource every write of `.status` raises
    /// `metadata.generation`.
    static boolean same(ApplicationEvent one, ApplicationEvent other) {
        return switch (one) {
            case ApplicationDeclared a ->
                other instanceof ApplicationDeclared b
                        && edition(a, 0, a.rules(), a.warnings()).equals(edition(b, 0, b.rules(), b.warnings()));
            case ApplicationRejected a ->
                other instanceof ApplicationRejected b
                        && a.uid().equals(b.uid())
                        && a.conditions().equals(b.conditions());
        };
    }

    private static ApplicationDeclared edition(
            ApplicationDeclared e, long generation, @Nullable ProjectRules rules, List<Condition> conditions) {
        return new ApplicationDeclared(
                e.application(),
                e.uid(),
                generation,
                e.spec(),
                e.document(),
                e.annotations(),
                e.finalizers(),
                e.deleting(),
                rules,
                conditions);
    }
}
