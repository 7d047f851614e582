package io.driftless.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.sandbox.Store.Key;
import io.driftless.sandbox.model.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// Secrets with a lasting token of the service account that they name: filled once the account is there, deleted with
/// it.
final class AccountSecretController implements Controller {
    private static final String TYPE = "kubernetes.io/service-account-token";
    private static final String NAME = "kubernetes.io/service-account.name";
    private static final String UID = "kubernetes.io/service-account.uid";
    private final Store store;
    private final ControllerWrites writes;
    private final ServiceAccountTokens tokens;

    AccountSecretController(Store store, ControllerWrites writes, ServiceAccountTokens tokens) {
        this.store = store;
        this.writes = writes;
        this.tokens = tokens;
    }

    @Override
    public void reconcile(Stored object) {
        if (object.key().type().equals("serviceaccounts")) {
            store.list("secrets", object.key().namespace()).forEach(this::fill);
        } else {
            fill(object);
        }
    }

    private void fill(Stored secret) {
        if (!secret.tree().path("type").asText().equals(TYPE)) {
            return;
        }
        Key key = secret.key();
        String name =
                secret.tree().path("metadata").path("annotations").path(NAME).asText();
        Stored account = store.get(new Key("serviceaccounts", key.namespace(), name));
        String known =
                secret.tree().path("metadata").path("annotations").path(UID).asText();
        if (account == null || (!known.isEmpty() && !known.equals(account.uid()))) {
            writes.delete(key);
        } else if (!secret.tree().path("data").has("token")) {
            String token = tokens.lasting(account, secret);
            writes.main(key, next -> {
                Json.child(Json.meta(next), "annotations").put(UID, account.uid());
                ObjectNode data = Json.child(next, "data");
                data.put("ca.crt", encoded(NamespaceController.ROOT));
                data.put("namespace", encoded(key.namespace()));
                data.put("token", encoded(token));
            });
        }
    }

    private static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void gone(Key key) {
        if (key.type().equals("serviceaccounts")) {
            store.list("secrets", key.namespace()).forEach(this::fill);
        }
    }
}
