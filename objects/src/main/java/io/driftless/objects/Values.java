package io.driftless.objects;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// When two values of a kind count as the same, though they are spelled differently.
final class Values {
    /// Defaults that API servers write into values that are replaced as a whole. An absent entry of a list such as
    /// `subjects` or `ports` is filled in so; everything else a manifest does not hold is surplus.
    private static final Map<String, Set<String>> DEFAULTS = Map.of(
            "protocol", Set.of("TCP"),
            "apiGroup", Set.of("", "rbac.authorization.k8s.io"),
            "apiVersion", Set.of("v1"),
            "kind", Set.of("PersistentVolumeClaim"),
            "volumeMode", Set.of("Filesystem"),
            "expirationSeconds", Set.of("3600"),
            "divisor", Set.of("0"),
            "scope", Set.of("*", "Cluster"));

    private final boolean builtIn;
    private final boolean secret;
    private final boolean strict;
    private final boolean applied;

    /// @param applied whether our manager has applied the live object
    Values(String apiVersion, String kind, boolean applied) {
        this.builtIn = Schemas.isBuiltIn(apiVersion, kind);
        this.secret = apiVersion.equals("v1") && kind.equals("Secret");
        this.applied = applied;
        // Custom kinds may have defaults we cannot know (those of argoproj.io have none), and the defaults of a
        // LimitRange are worked out from its limits.
        boolean knownDefaults = builtIn && !kind.equals("LimitRange");
        this.strict = applied && (knownDefaults || apiVersion.startsWith("argoproj.io/"));
    }

    /// The manifest as the API server reads it back: `stringData` of a Secret is write-only.
    static JsonNode readable(JsonNode manifest) {
        if (!manifest.path("kind").asText("").equals("Secret")
                || !manifest.path("apiVersion").asText("").equals("v1")
                || !manifest.path("stringData").isObject()
                || !(manifest.deepCopy() instanceof ObjectNode secret)) {
            return manifest;
        }
        ObjectNode data = secret.withObject("/data");
        secret.remove("stringData").properties().forEach(entry -> {
            byte[] clear = entry.getValue().asText("").getBytes(StandardCharsets.UTF_8);
            data.put(entry.getKey(), Base64.getEncoder().encodeToString(clear));
        });
        return secret;
    }

    /// Whether two leaves say the same.
    boolean same(Schema schema, String path, JsonNode desired, JsonNode live) {
        if (Typed.sameLeaf(schema, desired, live)) {
            return true;
        }
        return secret
                && path.startsWith("/data/")
                && desired.isTextual()
                && live.isTextual()
                && desired.asText().replaceAll("\\s", "").equals(live.asText().replaceAll("\\s", ""));
    }

    /// Whether a field that the live object lacks is one that the server itself left out.
    ///
    /// Who removes a field takes it from every owner; a field that is still ours and yet missing was never stored:
    /// built-in kinds leave out zero values, custom kinds prune what their schema does not know.
    boolean droppedByServer(JsonNode desired, FieldSet owned) {
        if (desired.isContainerNode()) {
            return desired.isEmpty();
        }
        if (builtIn) {
            return empty(desired) && (owned.isMember() || !applied);
        }
        return owned.isMember();
    }

    static boolean empty(JsonNode node) {
        return node.isNull()
                || (node.isContainerNode() && node.isEmpty())
                || (node.isTextual() && node.asText().isEmpty())
                || (node.isNumber() && node.decimalValue().signum() == 0)
                || (node.isBoolean() && !node.asBoolean());
    }

    /// Whether an object has one owner for all of it: its type says so, or the server wrote our ownership so.
    boolean replacedAsWhole(Schema schema, JsonNode desired, FieldSet owned) {
        if (schema.equals(Schema.DEDUCED)) {
            return owned.isMember() && owned.children().isEmpty() && !desired.isEmpty();
        }
        return schema.atomicObject();
    }

    /// Whether a field that only the live object has, inside a value replaced as a whole, was once ours.
    boolean surplusInWhole(String name, JsonNode live) {
        if (!strict || empty(live) || name.equals("status")) { // a claim template carries one
            return false;
        }
        Set<String> defaults = DEFAULTS.get(name);
        return defaults == null || !defaults.contains(live.asText());
    }

    /// How the items of a list are told apart; null for a list that is replaced as a whole. What the server wrote into
    /// our field set counts where the type is not known.
    Schema.@Nullable Items items(Schema schema, FieldSet owned) {
        if (schema instanceof Schema.Items items && items.kind() != Schema.ListKind.ATOMIC) {
            return items;
        }
        for (PathStep step : owned.children().keySet()) {
            switch (step) {
                case PathStep.Key key -> {
                    List<Schema.Key> keys = new ArrayList<>();
                    key.values().fieldNames().forEachRemaining(name -> keys.add(new Schema.Key(name, null)));
                    return new Schema.Items(Schema.ListKind.MAP, keys, schema.item(), null);
                }
                case PathStep.Value _ -> {
                    return new Schema.Items(Schema.ListKind.SET, List.of(), schema.item(), null);
                }
                case PathStep.Field _, PathStep.Index _ -> {}
            }
        }
        return null;
    }
}
