package io.driftless.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.events.DesiredEvent.ManifestsRendered;
import io.driftless.http.HttpFailure;
import io.driftless.rpc.Call;
import io.driftless.rpc.Methods;
import io.driftless.settings.Settings;
import java.util.List;
import java.util.function.Supplier;

/// What an Application wants and what it has, from the read model.
final class ResourceMethods {
    private static final String SERVICE = "application.ApplicationService/";
    private final ApplicationAccess access;
    private final ReadModel model;
    private final Sources sources;
    private final Supplier<Settings> settings;
    private final TreeStreams trees;
    private final StreamSlots slots;

    ResourceMethods(
            ApplicationAccess access,
            ReadModel model,
            Sources sources,
            Supplier<Settings> settings,
            TreeStreams trees,
            StreamSlots slots) {
        this.sources = sources;
        this.settings = settings;
        this.trees = trees;
        this.slots = slots;
        this.access = access;
        this.model = model;
    }

    void register(Methods methods) {
        methods.unary(SERVICE + "ResourceTree", (call, request) -> tree(named(call, request)))
                .streaming(SERVICE + "WatchResourceTree", (call, request, outlet) -> {
                    String name = named(call, request);
                    slots.take(outlet);
                    trees.open(call, outlet, name, this::tree);
                })
                .unary(SERVICE + "ManagedResources", this::managed)
                .unary(SERVICE + "GetManifests", this::manifests)
                .unary(SERVICE + "ListLinks", this::links)
                .unary(SERVICE + "ListResourceLinks", this::links);
    }

    /// The manifests of the last render; those of another revision are rendered for whoever asks.
    private JsonNode manifests(Call call, ObjectNode request) {
        ObjectNode application = access.get(call, "get", request);
        String name = ApplicationCache.nameOf(application).toString();
        ManifestsRendered render = model.render(name)
                .orElseThrow(() -> HttpFailure.unavailable("application " + name + " has not been rendered yet"));
        String revision = request.path("revision").asText("");
        if (!revision.isEmpty() && !revision.equals(render.revision())) {
            return otherwise(application, revision);
        }
        List<JsonNode> objects = render.resources().stream()
                .flatMap(resource -> model.desired(name, resource.resource()).stream())
                .map(desired -> desired.manifest())
                .toList();
        return ManifestAnswer.of(application, new Sources.Manifests(render.sourceType(), render.revision(), objects));
    }

    private JsonNode otherwise(ObjectNode application, String revision) {
        if (!(application.path("spec").path("source").deepCopy() instanceof ObjectNode source)) {
            throw HttpFailure.unsupported("showing the manifests of several sources");
        }
        return ManifestAnswer.of(application, sources.manifests(source.put("targetRevision", revision), application));
    }

    private ObjectNode tree(String name) {
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        ArrayNode nodes = tree.putArray("nodes");
        model.live(name).forEach(live -> nodes.add(TreeNodes.of(live)));
        model.children(name).forEach(child -> nodes.add(TreeNodes.of(child)));
        return tree;
    }

    /// Links that `argocd-cm` declares.
    private JsonNode links(Call call, ObjectNode request) {
        access.get(call, "get", request);
        for (String key : new String[] {"application.links", "resource.links"}) {
            if (!settings.get().config(key).isEmpty()) {
                throw HttpFailure.unsupported(key + " of argocd-cm");
            }
        }
        return JsonNodeFactory.instance.objectNode();
    }

    private JsonNode managed(Call call, ObjectNode request) {
        String name = named(call, request);
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode items = answer.putArray("items");
        model.drift(name)
                .ifPresent(compared -> compared.resources().stream()
                        .filter(verdict ->
                                wanted(request, "group", verdict.resource().group()))
                        .filter(verdict ->
                                wanted(request, "kind", verdict.resource().kind()))
                        .filter(verdict ->
                                wanted(request, "namespace", verdict.resource().namespace()))
                        .filter(verdict ->
                                wanted(request, "name", verdict.resource().name()))
                        .forEach(verdict -> {
                            var desired =
                                    model.desired(name, verdict.resource()).filter(rendered -> verdict.wanted());
                            var live = model.live(name).stream()
                                    .filter(observed -> observed.resource().equals(verdict.resource()))
                                    .filter(observed -> compared.cluster().isEmpty()
                                            || observed.cluster().equals(compared.cluster()))
                                    .findFirst();
                            items.add(ResourceDocuments.difference(verdict, desired, live));
                        }));
        return answer;
    }

    private static boolean wanted(ObjectNode request, String field, String value) {
        String asked = request.path(field).asText("");
        return asked.isEmpty() || asked.equals(value);
    }

    private String named(Call call, ObjectNode request) {
        return ApplicationCache.nameOf(access.get(call, "get", request)).toString();
    }
}
