package io.driftless.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.http.HttpFailure;
import io.driftless.settings.LabelledSecrets;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Writes the Secrets that declare repositories and clusters. What was written counts from the next call.
final class ControlSecrets {
    private final ControlObjects objects;
    private final LabelledSecrets secrets;
    private final String namespace;

    ControlSecrets(ControlObjects objects, LabelledSecrets secrets, String namespace) {
        this.objects = objects;
        this.secrets = secrets;
        this.namespace = namespace;
    }

    /// An empty Secret of this type, to be filled and created.
    ObjectNode fresh(String name, String type) {
        ObjectNode secret = JsonNodeFactory.instance.objectNode();
        secret.put("apiVersion", "v1").put("kind", "Secret").put("type", "Opaque");
        ObjectNode metadata = secret.putObject("metadata").put("name", name).put("namespace", namespace);
        metadata.putObject("labels").put(LabelledSecrets.TYPE, type);
        metadata.putObject("annotations").put("managed-by", "argocd.argoproj.io");
        secret.putObject("data");
        return secret;
    }

    /// Creates it; empty when there is one of its name.
    Optional<JsonNode> create(ObjectNode secret) {
        Optional<JsonNode> created = objects.create(secret);
        created.ifPresent(secrets::see);
        return created;
    }

    /// The Secret as it is now; empty when it is gone.
    Optional<JsonNode> now(JsonNode secret) {
        return objects.get(namespace, name(secret));
    }

    JsonNode change(JsonNode secret, UnaryOperator<ObjectNode> edit, HttpFailure missing) {
        JsonNode changed = objects.change(namespace, name(secret), edit, () -> missing);
        secrets.see(changed);
        return changed;
    }

    void delete(JsonNode secret, HttpFailure missing) {
        if (!objects.delete(namespace, name(secret))) {
            throw missing;
        }
        secrets.forget(name(secret));
    }

    private static String name(JsonNode secret) {
        return secret.path("metadata").path("name").asText();
    }
}
