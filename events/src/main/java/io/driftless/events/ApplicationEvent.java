package io.driftless.events;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is said on `applications`, keyed by application; a tombstone says that the Application is gone.
public sealed interface ApplicationEvent extends Event {
    ApplicationName application();

    @Override
    default String key() {
        return application().toString();
    }

    @EventType("application-declared.v1")
    @JsonClassDescription("An Application exists and its spec can be worked on.")
    record ApplicationDeclared(
            @JsonPropertyDescription("The Application, as namespace/name.")
            ApplicationName application,

            @JsonPropertyDescription(
                    "metadata.uid of the custom resource: another Application of the same name has another.")
            String uid,

            @JsonPropertyDescription("metadata.generation: which edition of the spec this is.")
            long generation,

            @JsonPropertyDescription("The part of the spec that the pipeline works with.")
            ApplicationSpec spec,

            @JsonPropertyDescription("The spec as its user wrote it, every field included.")
            JsonNode document,

            @JsonPropertyDescription("metadata.annotations without last-applied-configuration.")
            Map<String, String> annotations,

            @JsonPropertyDescription(
                    "metadata.finalizers; resources-finalizer.argocd.argoproj.io asks for cascading deletion.")
            List<String> finalizers,

            @JsonPropertyDescription("True once the deletion of the Application was asked for.")
            boolean deleting,

            @JsonPropertyDescription("What its AppProject allows; absent where that is not known: then everything.")
            @Nullable
            ProjectRules rules,

            @JsonPropertyDescription(
                    "Warnings that its user must see, such as Applications that deploy one another; absent for none.")
            @Nullable
            List<Condition> conditions)
            implements ApplicationEvent {
        /// An Application of which there is nothing to warn.
        public ApplicationDeclared(
                ApplicationName application,
                String uid,
                long generation,
                ApplicationSpec spec,
                JsonNode document,
                Map<String, String> annotations,
                List<String> finalizers,
                boolean deleting,
                @Nullable ProjectRules rules) {
            this(application, uid, generation, spec, document, annotations, finalizers, deleting, rules, null);
        }

        /// An Application that no project restricts.
        public ApplicationDeclared(
                ApplicationName application,
                String uid,
                long generation,
                ApplicationSpec spec,
                JsonNode document,
                Map<String, String> annotations,
                List<String> finalizers,
                boolean deleting) {
            this(application, uid, generation, spec, document, annotations, finalizers, deleting, null);
        }

        public ApplicationDeclared {
            Check.given("application", application);
            Check.notNegative("generation", generation);
            Check.given("spec", spec);
            uid = uid == null ? "" : uid;
            annotations = annotations == null ? Map.of() : Map.copyOf(annotations);
            finalizers = finalizers == null ? List.of() : List.copyOf(finalizers);
            conditions = conditions == null || conditions.isEmpty() ? null : List.copyOf(conditions);
        }

        /// What its user is to be warned of; empty for nothing.
        public List<Condition> warnings() {
            return conditions == null ? List.of() : conditions;
        }
    }

    @EventType("application-rejected.v1")
    @JsonClassDescription(
            "An Application exists but its spec cannot be worked on; whatever it deployed before stays as it is.")
    record ApplicationRejected(
            @JsonPropertyDescription("The Application, as namespace/name.")
            ApplicationName application,

            @JsonPropertyDescription("metadata.uid of the custom resource.")
            String uid,

            @JsonPropertyDescription("metadata.generation: which edition of the spec this is.")
            long generation,

            @JsonPropertyDescription("What is wrong with it, at least one condition.")
            List<Condition> conditions)
            implements ApplicationEvent {
        public ApplicationRejected {
            Check.given("application", application);
            Check.notNegative("generation", generation);
            uid = uid == null ? "" : uid;
            conditions = List.copyOf(Check.given("conditions", conditions));
            if (conditions.isEmpty()) {
                throw new IllegalArgumentException("a rejected application needs a condition that says why");
            }
        }
    }
}
