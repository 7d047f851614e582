package io.driftless.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.sandbox.Store.Key;
import io.driftless.sandbox.access.Rbac;
import io.driftless.sandbox.access.Rule;
import java.util.List;

/// The roles and bindings that are stored now.
final class StoredRoles implements Rbac.Roles {
    static final String GROUP = ".rbac.authorization.k8s.io";
    private final Store store;

    StoredRoles(Store store) {
        this.store = store;
    }

    @Override
    public List<? extends JsonNode> clusterRoleBindings() {
        return all("clusterrolebindings", "");
    }

    @Override
    public List<? extends JsonNode> roleBindings(String namespace) {
        return all("rolebindings", namespace);
    }

    private List<? extends JsonNode> all(String plural, String namespace) {
        return store.list(plural + GROUP, namespace).stream().map(Stored::tree).toList();
    }

    @Override
    public List<Rule> rules(String namespace, String name) {
        String plural = namespace.isEmpty() ? "clusterroles" : "roles";
        Stored role = store.get(new Key(plural + GROUP, namespace, name));
        return role == null ? List.of() : Rule.of(role.tree());
    }
}
