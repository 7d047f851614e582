package io.driftless.kustomize.build;

import io.driftless.kustomize.KustomizeException;
import io.driftless.kustomize.file.Entries.Generator;
import io.driftless.kustomize.model.BuildNotes;
import io.driftless.kustomize.model.Resource;
import io.driftless.kustomize.model.Scopes;
import io.driftless.kustomize.node.Fields;
import io.driftless.kustomize.node.JsonText;
import io.driftless.kustomize.node.Kind;
import io.driftless.kustomize.node.Node;
import io.driftless.kustomize.node.Style;
import io.driftless.kustomize.node.Tag;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Makes ConfigMaps and Secrets.
final class Generated {
    private static final int LINE = 70;

    private Generated() {}

    static Resource make(Generator entry, boolean secret, Loader loader, Scopes scopes) {
        if (entry.name().isEmpty()) {
            throw new KustomizeException("a configmap must have a name");
        }
        Node node = Node.map();
        node.append("apiVersion", Node.untyped("v1"));
        node.append("kind", Node.untyped(secret ? "Secret" : "ConfigMap"));
        Node metadata = Node.map();
        node.append("metadata", metadata);
        Fields.set(metadata, "name", Node.text(entry.name()));
        if (!entry.namespace().isEmpty()) {
            Fields.set(metadata, "namespace", Node.text(entry.namespace()));
        }
        if (secret) {
            Fields.set(node, "type", Node.text(entry.type().isEmpty() ? "Opaque" : entry.type()));
        }
        Map<String, byte[]> data = new TreeMap<>(JsonText::compareUtf8);
        data.putAll(KeyValues.of(entry, loader));
        if (secret) {
            Node map = Fields.lookUp(node, List.of("data"), Kind.MAP);
            data.forEach((key, value) -> put(map, key, base64(value)));
        } else {
            data.forEach((key, value) -> {
                String text = text(value);
                Node map = Fields.lookUp(node, List.of(text == null ? "binaryData" : "data"), Kind.MAP);
                put(map, key, text == null ? base64(value) : text);
            });
        }
        options(node, metadata, entry);
        Resource resource = new Resource(node, scopes);
        if (!entry.options().disableHash()) {
            resource.enable(BuildNotes.NEEDS_HASH);
        }
        resource.putAnnotation(BuildNotes.BEHAVIOR, behavior(entry.behavior()));
        return resource;
    }

    private static String behavior(String given) {
        return switch (given) {
            case "create", "replace", "merge" -> given;
            default -> "unspecified";
        };
    }

    private static void put(@Nullable Node map, String key, String value) {
        if (map != null) {
            Fields.set(map, key, Node.scalar(value, Tag.STR, value.indexOf('\n') >= 0 ? Style.LITERAL : Style.PLAIN));
        }
    }

    private static void options(Node node, Node metadata, Generator entry) {
        strings(metadata, "labels", entry.options().labels());
        strings(metadata, "annotations", entry.options().annotations());
        if (entry.options().immutable()) {
            Fields.set(node, "immutable", Node.scalar("true", Tag.BOOL, Style.PLAIN));
        }
    }

    private static void strings(Node metadata, String field, Map<String, String> values) {
        new TreeMap<>(values).forEach((key, value) -> {
            Node map = Fields.lookUp(metadata, List.of(field), Kind.MAP);
            if (map != null) {
                Fields.set(map, key, Node.scalar(value, Tag.STR, Style.SINGLE));
            }
        });
    }

    private static @Nullable String text(byte[] value) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(value))
                    .toString();
        } catch (CharacterCodingException binary) {
            return null;
        }
    }

    private static String base64(byte[] value) {
        String encoded = Base64.getEncoder().encodeToString(value);
        if (encoded.length() < LINE) {
            return encoded;
        }
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < encoded.length(); i += LINE) {
            lines.append(encoded, i, Math.min(encoded.length(), i + LINE)).append('\n');
        }
        return lines.toString();
    }
}
