package io.driftless.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.http.HttpFailure;
import io.driftless.rpc.Call;
import io.driftless.rpc.Methods;
import io.driftless.trust.PublicKey;
import java.util.List;
import java.util.Map;

/// Public keys that commits may be signed with, in the ConfigMap where Argo CD keeps them. They are
/// kept and shown; signatures are not verified yet.
final class PublicKeyMethods {
    private static final String SERVICE = "gpgkey.GPGKeyService/";
    private static final String RESOURCE = "gpgkeys";
    private static final String MAP = "argocd-gpg-keys-cm";
    private final ConfigMaps maps;
    private final Security security;

    PublicKeyMethods(ConfigMaps maps, Security security) {
        this.maps = maps;
        this.security = security;
    }

    void register(Methods methods) {
        methods.unary(SERVICE + "List", this::list)
                .unary(SERVICE + "Get", this::get)
                .unary(SERVICE + "Create", this::create)
                .unary(SERVICE + "Delete", this::delete);
    }

    private JsonNode list(Call call, ObjectNode request) {
        security.rbac().require(call.caller(), RESOURCE, "get", "");
        ObjectNode list = JsonNodeFactory.instance.objectNode();
        list.putObject("metadata");
        ArrayNode items = list.putArray("items");
        maps.data(MAP).values().forEach(text -> keys(text).forEach(key -> items.add(shown(key, false))));
        return list;
    }

    private JsonNode get(Call call, ObjectNode request) {
        security.rbac().require(call.caller(), RESOURCE, "get", "");
        String id = id(request);
        return keys(maps.data(MAP).getOrDefault(id, "")).stream()
                .findFirst()
                .map(key -> shown(key, true))
                .orElseThrow(() -> missing(id));
    }

    private JsonNode create(Call call, ObjectNode request) {
        security.rbac().require(call.caller(), RESOURCE, "create", "");
        List<PublicKey> sent;
        try {
            sent = PublicKey.read(request.path("publickey").path("keyData").asText(""));
        } catch (IllegalArgumentException e) {
            throw HttpFailure.invalid("Submitted key data is not valid: " + e.getMessage());
        }
        boolean upsert = request.path("upsert").asBoolean();
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        maps.change(MAP, data -> {
            ObjectNode created = answer.putObject("created");
            created.putObject("metadata");
            ArrayNode items = created.putArray("items");
            ArrayNode skipped = answer.putArray("skipped");
            for (PublicKey key : sent) {
                if (data.containsKey(key.id()) && !upsert) {
                    skipped.add(key.id());
                } else {
                    data.put(key.id(), key.armored());
                    items.add(shown(key, true));
                }
            }
            return data;
        });
        return answer;
    }

    private JsonNode delete(Call call, ObjectNode request) {
        security.rbac().require(call.caller(), RESOURCE, "delete", "");
        String id = id(request);
        if (!maps.data(MAP).containsKey(id)) {
            throw missing(id);
        }
        maps.change(MAP, (Map<String, String> data) -> {
            data.remove(id);
            return data;
        });
        return JsonNodeFactory.instance.objectNode();
    }

    private static String id(ObjectNode request) {
        String id = PublicKey.id(request.path("keyID").asText(""));
        if (!id.matches("[0-9A-F]{8,16}")) {
            throw HttpFailure.invalid("KeyID is malformed or empty");
        }
        return id;
    }

    private static HttpFailure missing(String id) {
        return HttpFailure.notFound("No such key: " + id);
    }

    /// What somebody put there by hand may be no key: it is shown as nothing.
    private static List<PublicKey> keys(String text) {
        try {
            return PublicKey.read(text);
        } catch (IllegalArgumentException e) {
            return List.of();
        }
    }

    private static ObjectNode shown(PublicKey key, boolean whole) {
        ObjectNode shown = JsonNodeFactory.instance
                .objectNode()
                .put("keyID", key.id())
                .put("fingerprint", key.fingerprint())
                .put("owner", key.owner())
                .put("trust", "unknown")
                .put("subType", key.type());
        return whole ? shown.put("keyData", key.armored()) : shown;
    }
}
