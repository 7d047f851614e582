package io.driftless.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.sandbox.Store.Key;
import io.driftless.sandbox.model.Json;
import io.driftless.sandbox.model.ResourceType;
import java.util.HashSet;
import java.util.Set;

/// One APIService for each version of a group that definitions serve.
final class ServedGroups implements Controller {
    private static final String TYPE = "apiservices.apiregistration.k8s.io";
    private static final String MANAGED = "kube-aggregator.kubernetes.io/automanaged";
    private static final String MANAGER = "kube-apiserver";
    private final Store store;
    private final ControllerWrites writes;

    ServedGroups(Store store, ControllerWrites writes) {
        this.store = store;
        this.writes = writes;
    }

    @Override
    public void reconcile(Stored definition) {
        JsonNode spec = definition.tree().path("spec");
        String group = spec.path("group").asText();
        for (JsonNode version : spec.path("versions")) {
            String name = version.path("name").asText() + "." + group;
            Key key = new Key(TYPE, "", name);
            if (version.path("served").asBoolean() && store.get(key) == null) {
                writes.createAs(
                        MANAGER,
                        TYPE,
                        "",
                        service(name, group, version.path("name").asText()));
                writes.statusAs(MANAGER, key, ServedGroups::available);
            }
        }
        sweep();
    }

    @Override
    public void gone(Key definition) {
        sweep();
    }

    /// Takes away what nothing serves any more.
    private void sweep() {
        Set<String> served = new HashSet<>();
        for (Stored definition : store.list(ResourceType.DEFINITIONS, "")) {
            JsonNode spec = definition.tree().path("spec");
            for (JsonNode version : spec.path("versions")) {
                if (version.path("served").asBoolean()) {
                    served.add(version.path("name").asText() + "."
                            + spec.path("group").asText());
                }
            }
        }
        for (Stored service : store.list(TYPE, "")) {
            JsonNode labels = service.tree().path("metadata").path("labels");
            if (labels.path(MANAGED).asText().equals("true")
                    && !served.contains(service.key().name())) {
                writes.delete(service.key());
            }
        }
    }

    private static ObjectNode service(String name, String group, String version) {
        ObjectNode out = Json.object();
        out.putObject("metadata").put("name", name).putObject("labels").put(MANAGED, "true");
        out.putObject("spec")
                .put("group", group)
                .put("version", version)
                .put("groupPriorityMinimum", 1000)
                .put("versionPriority", 100);
        return out;
    }

    private static void available(ObjectNode service) {
        ObjectNode condition = Conditions.of("Available", "True", "Local", "Local APIServices are always available");
        condition.remove("lastUpdateTime");
        Conditions.set(Json.child(service, "status"), condition);
    }
}
