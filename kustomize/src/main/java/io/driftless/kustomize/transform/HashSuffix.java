package io.driftless.kustomize.transform;

import io.driftless.kustomize.model.BuildNotes;
import io.driftless.kustomize.model.ResMap;
import io.driftless.kustomize.model.Resource;
import io.driftless.kustomize.node.JsonText;
import io.driftless.kustomize.node.Node;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Appends the hash of their content to the names of generated resources.
public final class HashSuffix implements Transformer {
    @Override
    public void transform(ResMap map) {
        for (Resource resource : map.resources()) {
            if (resource.isEnabled(BuildNotes.NEEDS_HASH)) {
                String hash = hash(resource);
                resource.rememberId();
                resource.setName(resource.name() + "-" + hash);
            }
        }
    }

    private static String hash(Resource resource) {
        Node node = resource.node();
        StringBuilder json = new StringBuilder();
        switch (resource.kind()) {
            case "ConfigMap" -> {
                if (isMap(node, "binaryData")) {
                    field(node, "binaryData", json.append("{\"binaryData\":"));
                    json.append(",\"data\":");
                } else {
                    json.append("{\"data\":");
                }
                field(node, "data", json);
                json.append(",\"kind\":\"ConfigMap\",\"name\":\"\"}");
            }
            case "Secret" -> {
                field(node, "data", json.append("{\"data\":"));
                json.append(",\"kind\":\"Secret\",\"name\":\"\"");
                if (isMap(node, "stringData")) {
                    field(node, "stringData", json.append(",\"stringData\":"));
                }
                field(node, "type", json.append(",\"type\":"));
                json.append('}');
            }
            default -> json.append(JsonText.write(node));
        }
        return encode(json.toString());
    }

    private static boolean isMap(Node node, String field) {
        Node value = node.get(field);
        return value != null && value.isMap();
    }

    private static void field(Node node, String name, StringBuilder out) {
        Node value = node.get(name);
        if (value == null) {
            out.append("\"\"");
        } else if (value.isScalar()) {
            JsonText.quote(value.text(), out);
        } else if (value.isList()) {
            out.append("null");
        } else {
            out.append(JsonText.write(value));
        }
    }

    private static String encode(String json) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(json.getBytes(StandardCharsets.UTF_8));
            char[] hex = HexFormat.of().formatHex(digest, 0, 5).toCharArray();
            for (int i = 0; i < hex.length; i++) {
                hex[i] = switch (hex[i]) {
                    case '0' -> 'g';
                    case '1' -> 'h';
                    case '3' -> 'k';
                    case 'a' -> 'm';
                    case 'e' -> 't';
                    default -> hex[i];
                };
            }
            return new String(hex);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
