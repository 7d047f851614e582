package io.driftless.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.rpc.Call;
import io.driftless.rpc.Methods;

/// What an Application wants and what it has, from the read model.
final class ResourceMethods {
    private static final String SERVICE = "application.ApplicationService/";
    private final ApplicationAccess access;
    private final ReadModel model;

    ResourceMethods(ApplicationAccess access, ReadModel model) {
        this.access = access;
        this.model = model;
    }

    void register(Methods methods) {
        methods.unary(SERVICE + "ResourceTree", this::tree).unary(SERVICE + "ManagedResources", this::managed);
    }

    private JsonNode tree(Call call, ObjectNode request) {
        String name = named(call, request);
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        ArrayNode nodes = tree.putArray("nodes");
        model.live(name).forEach(live -> nodes.add(ResourceDocuments.node(live)));
        return tree;
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
