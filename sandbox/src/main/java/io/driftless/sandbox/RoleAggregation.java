package io.driftless.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.sandbox.Store.Key;
import io.driftless.sandbox.model.Json;
import java.util.LinkedHashSet;
import java.util.Set;

/// ClusterRoles that collect the rules of others, such as `view`.
final class RoleAggregation implements Controller {
    static final String TYPE = "clusterroles" + StoredRoles.GROUP;
    private static final String MANAGER = "clusterrole-aggregation-controller";
    private static final String API = "rbac.authorization.k8s.io/v1";
    private final Store store;
    private final ControllerWrites writes;

    RoleAggregation(Store store, ControllerWrites writes) {
        this.store = store;
        this.writes = writes;
    }

    @Override
    public void reconcile(Stored changed) {
        renew();
    }

    @Override
    public void gone(Key key) {
        renew();
    }

    /// Roles are few and seldom change: all that collect are looked at again.
    private void renew() {
        for (Stored role : store.list(TYPE, "")) {
            JsonNode selectors = role.tree().path("aggregationRule").path("clusterRoleSelectors");
            if (selectors.isEmpty()) {
                continue;
            }
            Set<JsonNode> rules = new LinkedHashSet<>();
            for (Stored other : store.list(TYPE, "")) {
                if (!other.key().equals(role.key()) && selected(selectors, other.tree())) {
                    other.tree().path("rules").forEach(rules::add);
                }
            }
            ArrayNode wanted = Json.MAPPER.createArrayNode().addAll(rules);
            JsonNode present = role.tree().path("rules");
            if (!wanted.equals(present) && !(wanted.isEmpty() && present.isEmpty())) {
                // An apply: where nothing is collected any more, rules of others stay.
                ObjectNode wish = Json.object().put("apiVersion", API).put("kind", "ClusterRole");
                wish.putObject("metadata").put("name", role.key().name());
                if (!wanted.isEmpty()) {
                    wish.set("rules", wanted);
                }
                writes.apply(MANAGER, role.key(), wish);
            }
        }
    }

    private static boolean selected(JsonNode selectors, JsonNode role) {
        JsonNode labels = role.path("metadata").path("labels");
        for (JsonNode selector : selectors) {
            if (LabelSelector.meets(selector, labels)) {
                return true;
            }
        }
        return false;
    }
}
