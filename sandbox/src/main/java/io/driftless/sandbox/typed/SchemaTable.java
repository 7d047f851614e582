package io.driftless.sandbox.typed;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The definitions of `openapi.json`: what a kube-apiserver's `/openapi/v3` says about names and types, without its
/// prose; a reference there is the bare name of its target. The file has one definition to a line, so that one is
/// parsed when it is asked for and the others are not.
public final class SchemaTable {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private final Map<String, String> lines;

    private SchemaTable(Map<String, String> lines) {
        this.lines = lines;
    }

    /// Reads the file anew.
    public static SchemaTable read() {
        try (InputStream in = SchemaTable.class.getResourceAsStream("openapi.json")) {
            if (in == null) {
                throw new IllegalStateException("openapi.json is missing beside SchemaTable.class");
            }
            Map<String, String> lines = new HashMap<>();
            new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().forEach(line -> {
                int end = line.indexOf("\": {");
                if (end > 0) {
                    int start = line.indexOf('"') + 1;
                    int last = line.length() - (line.endsWith(",") ? 1 : 0);
                    lines.put(line.substring(start, end), line.substring(end + 3, last));
                }
            });
            return new SchemaTable(lines);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read openapi.json", e);
        }
    }

    /// A definition; null where there is none of this name.
    public @Nullable ObjectNode definition(String name) {
        String line = lines.get(name);
        try {
            return line == null ? null : (ObjectNode) MAPPER.readTree(line);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("openapi.json has no JSON for " + name, e);
        }
    }

    /// The name of the definition of a kind; empty where it is not known.
    public String nameOf(String group, String version, String kind) {
        String end = "." + kind;
        for (Map.Entry<String, String> line : lines.entrySet()) {
            if (line.getKey().endsWith(end) && line.getValue().contains("-group-version-kind")) {
                ObjectNode definition = definition(line.getKey());
                for (JsonNode one : definition == null
                        ? MAPPER.createArrayNode()
                        : definition.path("x-kubernetes-group-version-kind")) {
                    if (one.path("group").asText().equals(group)
                            && one.path("version").asText().equals(version)
                            && one.path("kind").asText().equals(kind)) {
                        return line.getKey();
                    }
                }
            }
        }
        return "";
    }
}
