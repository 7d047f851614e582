package io.driftless.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.events.ApplicationName;
import io.driftless.events.RepositoryUrl;
import io.driftless.http.Answers;
import io.driftless.proto.Written;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One Application as the cache holds it: written, because ten thousand trees would not fit into a
/// small heap, and beside it what lists are filtered and sorted by. It is never changed.
final class HeldApplication {
    private final ApplicationName name;
    private final String key;
    private final Facts facts;
    private final JsonNode labels;
    private final Written document;
    /// As clients were shown it last.
    private volatile @Nullable View view;
    /// As clients were shown it last that asked for it alone.
    private volatile @Nullable View whole;

    /// What is asked of many Applications at once.
    ///
    /// @param repository URLs of its sources, normalised
    /// @param status what its `.status` says
    record Facts(
            String project,
            Set<String> repositories,
            String server,
            String destination,
            String destinationNamespace,
            String created,
            String resourceVersion,
            StatusFacts status) {}

    /// What it looks like to clients.
    ///
    /// @param causes what of the topics was added to the resource
    record View(Object causes, Written shown) {}

    private HeldApplication(ApplicationName name, Facts facts, JsonNode labels, Written document) {
        this.name = name;
        this.key = name.toString();
        this.facts = facts;
        this.labels = labels;
        this.document = document;
    }

    /// The Application without what nobody here asks for.
    static HeldApplication of(JsonNode object) {
        ObjectNode document = object.isObject()
                ? ((ObjectNode) object).objectNode().setAll((ObjectNode) object)
                : JsonNodeFactory.instance.objectNode();
        if (document.path("metadata") instanceof ObjectNode metadata) {
            ObjectNode kept = metadata.objectNode();
            kept.setAll(metadata);
            kept.remove("managedFields");
            document.set("metadata", kept);
        }
        JsonNode metadata = document.path("metadata");
        return new HeldApplication(
                ApplicationCache.nameOf(document),
                facts(document),
                metadata.path("labels").deepCopy(),
                new Written(Answers.bytes(document)));
    }

    private static Facts facts(JsonNode document) {
        JsonNode spec = document.path("spec");
        JsonNode destination = spec.path("destination");
        Set<String> repositories = new HashSet<>();
        repositories.add(repository(spec.path("source")));
        spec.path("sources").forEach(source -> repositories.add(repository(source)));
        repositories.remove("");
        return new Facts(
                ApplicationAccess.project(document).intern(),
                Set.copyOf(repositories),
                destination.path("server").asText("").intern(),
                destination.path("name").asText("").intern(),
                destination.path("namespace").asText(""),
                document.path("metadata").path("creationTimestamp").asText(""),
                document.path("metadata").path("resourceVersion").asText(""),
                StatusFacts.of(document.path("status")));
    }

    private static String repository(JsonNode source) {
        String url = source.path("repoURL").asText("");
        return url.isEmpty() ? "" : RepositoryUrl.normalise(url).intern();
    }

    ApplicationName name() {
        return name;
    }

    /// `namespace/name`.
    String key() {
        return key;
    }

    Facts facts() {
        return facts;
    }

    JsonNode labels() {
        return labels;
    }

    /// The resource as it is in the cluster.
    Written document() {
        return document;
    }

    /// The same as a tree of the caller's own.
    ObjectNode tree() {
        return (ObjectNode) document.tree();
    }

    boolean sameAs(@Nullable HeldApplication other) {
        return other != null && Arrays.equals(document.json(), other.document.json());
    }

    @Nullable
    View view() {
        return view;
    }

    void show(View shown) {
        this.view = shown;
    }

    @Nullable
    View whole() {
        return whole;
    }

    void showWhole(View shown) {
        this.whole = shown;
    }
}
