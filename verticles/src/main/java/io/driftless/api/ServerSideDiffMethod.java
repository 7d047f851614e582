package io.driftless.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.cluster.Cluster;
import io.driftless.events.LiveEvent.ResourceObserved;
import io.driftless.events.ResourceId;
import io.driftless.http.Answers;
import io.driftless.http.HttpFailure;
import io.driftless.http.StrictJson;
import io.driftless.objects.IgnoreRule;
import io.driftless.objects.IgnoredFields;
import io.driftless.rpc.Call;
import io.driftless.rpc.Methods;
import java.util.List;
import java.util.Optional;

/// What the API server would make of manifests: each is applied as a dry run to the live object of
/// the Application that it is about, and both are shown. Objects that are not the Application's are
/// never asked about: a dry run shows them whole. Secrets are not sent either; for them the
/// comparison of the drift stage is given, without values.
final class ServerSideDiffMethod {
    private static final Cluster.Apply DRY_RUN = new Cluster.Apply("argocd-controller", true, true);
    private static final int MOST = 1_000;
    private static final String NONE = "null";
    private final ApplicationAccess access;
    private final OwnedResources owned;
    private final ReadModel model;

    ServerSideDiffMethod(ApplicationAccess access, OwnedResources owned, ReadModel model) {
        this.access = access;
        this.owned = owned;
        this.model = model;
    }

    void register(Methods methods) {
        methods.unary("application.ApplicationService/ServerSideDiff", this::diff);
    }

    private JsonNode diff(Call call, ObjectNode request) {
        ObjectNode application = access.get(call, "get", request);
        JsonNode lives = request.path("liveResources");
        JsonNode targets = request.path("targetManifests");
        int pairs = Math.max(lives.size(), targets.size());
        if (pairs > MOST) {
            throw HttpFailure.invalid("at most " + MOST + " resources can be compared at once; ask for fewer");
        }
        List<ResourceObserved> ours = owned.all(application);
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode items = answer.putArray("items");
        boolean modified = false;
        for (int i = 0; i < pairs; i++) {
            ObjectNode item =
                    pair(application, ours, lives.path(i), targets.path(i).asText(""));
            modified |= item.path("modified").asBoolean();
            items.add(item);
        }
        return answer.put("modified", modified);
    }

    private ObjectNode pair(ObjectNode application, List<ResourceObserved> ours, JsonNode live, String manifest) {
        if (manifest.isBlank() || manifest.equals(NONE)) {
            ResourceId id = id(
                    live,
                    "group",
                    live.path("name").asText(""),
                    live.path("namespace").asText(""));
            Optional<ResourceObserved> found = found(ours, id, "");
            return item(id, found.map(ServerSideDiffMethod::shown).orElse(NONE), NONE, found.isPresent());
        }
        ObjectNode target = StrictJson.object(manifest.getBytes(UTF_8)).object();
        JsonNode metadata = target.path("metadata");
        String namespace = metadata.path("namespace").asText("");
        ResourceId id = id(target, "apiVersion", metadata.path("name").asText(""), namespace);
        Optional<ResourceObserved> found = found(
                ours,
                id,
                application.path("spec").path("destination").path("namespace").asText(""));
        if (id.kind().equals("Secret") && id.group().isEmpty()) {
            return secret(application, id, found);
        }
        if (found.isEmpty()) {
            return item(id, NONE, Answers.text(target), true);
        }
        JsonNode before = clean(found.get().object());
        JsonNode after = predicted(application, found.get(), target, before);
        return item(id, Answers.text(before), Answers.text(after), !before.equals(after));
    }

    private JsonNode predicted(ObjectNode application, ResourceObserved live, ObjectNode target, JsonNode before) {
        IgnoredFields ignored =
                IgnoredFields.of(IgnoreRule.list(application.path("spec").path("ignoreDifferences")), target);
        ObjectNode wanted = ignored.isEmpty()
                ? target
                : (ObjectNode) ignored.respected(target, live.object()).deepCopy();
        ObjectNode metadata = wanted.withObjectProperty("metadata");
        List.of("resourceVersion", "uid", "managedFields", "creationTimestamp", "generation")
                .forEach(metadata::remove);
        if (!live.resource().namespace().isEmpty()) {
            metadata.put("namespace", live.resource().namespace());
        }
        wanted.remove("status");
        Cluster cluster = owned.cluster(live);
        ObjectNode after = clean(ControlObjects.answered(() -> cluster.apply(wanted, DRY_RUN)));
        // What the server counts, and what controllers report, is no difference.
        for (String counted : List.of("generation", "resourceVersion")) {
            JsonNode value = before.path("metadata").path(counted);
            if (!value.isMissingNode()) {
                after.withObjectProperty("metadata").set(counted, value);
            }
        }
        after.remove("status");
        if (before.has("status")) {
            after.set("status", before.path("status"));
        }
        return after;
    }

    private ObjectNode secret(ObjectNode application, ResourceId id, Optional<ResourceObserved> live) {
        String name = ApplicationCache.nameOf(application).toString();
        return model.drift(name).stream()
                .flatMap(compared -> compared.resources().stream())
                .filter(verdict -> verdict.resource()
                        .equals(live.map(ResourceObserved::resource).orElse(id)))
                .findFirst()
                .map(verdict -> {
                    ObjectNode compared =
                            ResourceDocuments.difference(verdict, model.desired(name, verdict.resource()), live);
                    return item(
                            id,
                            compared.path("normalizedLiveState").asText(NONE),
                            compared.path("predictedLiveState").asText(NONE),
                            compared.path("modified").asBoolean());
                })
                .orElseThrow(() -> HttpFailure.unsupported("comparing a Secret that the Application does not hold"));
    }

    /// @param usual the namespace of what names none
    private static Optional<ResourceObserved> found(List<ResourceObserved> ours, ResourceId id, String usual) {
        return ours.stream()
                .filter(live -> live.resource().equals(id)
                        || (id.namespace().isEmpty()
                                && live.resource().equals(new ResourceId(id.group(), id.kind(), usual, id.name()))))
                .findFirst();
    }

    private static ResourceId id(JsonNode node, String groupField, String name, String namespace) {
        String group = node.path(groupField).asText("");
        if (groupField.equals("apiVersion")) {
            group = group.indexOf('/') < 0 ? "" : group.substring(0, group.indexOf('/'));
        }
        try {
            return new ResourceId(group, node.path("kind").asText(""), namespace, name);
        } catch (IllegalArgumentException e) {
            throw HttpFailure.invalid("a resource to compare has no proper name: " + e.getMessage());
        }
    }

    private static String shown(ResourceObserved live) {
        return Answers.text(clean(live.object()));
    }

    private static ObjectNode clean(JsonNode object) {
        ObjectNode copy = object.deepCopy();
        if (copy.path("metadata") instanceof ObjectNode metadata) {
            metadata.remove("managedFields");
        }
        return copy;
    }

    private static ObjectNode item(ResourceId id, String live, String target, boolean modified) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("group", id.group())
                .put("kind", id.kind())
                .put("namespace", id.namespace())
                .put("name", id.name())
                .put("liveState", live)
                .put("targetState", target)
                .put("normalizedLiveState", live)
                .put("predictedLiveState", target)
                .put("modified", modified);
    }
}
