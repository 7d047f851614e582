package io.driftless.registry;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.events.ApplicationEvent;
import io.driftless.events.ApplicationEvent.ApplicationDeclared;
import io.driftless.events.ApplicationEvent.ApplicationRejected;
import io.driftless.events.ApplicationName;
import io.driftless.events.ApplicationSpec;
import io.driftless.events.Condition;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// From the custom resource to the event: the Application as the pipeline works with it, or every reason why it cannot.
/// A
/// destination given by name leaves here with its server URL.
final class ApplicationReader {
    static final String REFRESH = "argocd.argoproj.io/refresh";
    /// Requests and copies, not properties of the Application.
    private static final Set<String> PASSING =
            Set.of(REFRESH, "argocd.argoproj.io/refresh-timestamp", "kubectl.kubernetes.io/last-applied-configuration");

    private ApplicationReader() {}

    static ApplicationName name(JsonNode object) {
        JsonNode metadata = object.path("metadata");
        return new ApplicationName(
                metadata.path("namespace").asText(), metadata.path("name").asText());
    }

    static ApplicationEvent read(JsonNode object, ClusterNames clusters) {
        JsonNode metadata = object.path("metadata");
        SpecReader reader = new SpecReader(object.path("spec"), clusters);
        Optional<ApplicationSpec> spec = reader.read();
        String uid = metadata.path("uid").asText("");
        long generation = metadata.path("generation").asLong();
        if (spec.isEmpty()) {
            List<Condition> conditions = reader.problems().stream()
                    .map(problem -> new Condition(Condition.INVALID_SPEC_ERROR, problem))
                    .toList();
            return new ApplicationRejected(name(object), uid, generation, conditions);
        }
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
                metadata.hasNonNull("deletionTimestamp"));
    }

    /// The same edition, whatever its number: without a status subresource every write of `.status` raises
    /// `metadata.generation`.
    static boolean same(ApplicationEvent one, ApplicationEvent other) {
        return switch (one) {
            case ApplicationDeclared a ->
                other instanceof ApplicationDeclared b && numbered(a, 0).equals(numbered(b, 0));
            case ApplicationRejected a ->
                other instanceof ApplicationRejected b
                        && a.uid().equals(b.uid())
                        && a.conditions().equals(b.conditions());
        };
    }

    private static ApplicationDeclared numbered(ApplicationDeclared e, long generation) {
        return new ApplicationDeclared(
                e.application(),
                e.uid(),
                generation,
                e.spec(),
                e.document(),
                e.annotations(),
                e.finalizers(),
                e.deleting());
    }
}
