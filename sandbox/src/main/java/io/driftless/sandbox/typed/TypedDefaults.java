package io.driftless.sandbox.typed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.sandbox.typed.Shape.Entries;
import io.driftless.sandbox.typed.Shape.Items;
import io.driftless.sandbox.typed.Shape.Plain;
import io.driftless.sandbox.typed.Shape.Struct;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;

/// Values of fields that follow from the type of what holds them alone, wherever it occurs
/// (`defaults.json`, as seen on a kube-apiserver).
public final class TypedDefaults {
    private final Shapes shapes = new Shapes();
    private final JsonNode table;

    private TypedDefaults(JsonNode table) {
        this.table = table;
    }

    /// Reads the file.
    public static TypedDefaults read() {
        try (InputStream in = TypedDefaults.class.getResourceAsStream("defaults.json")) {
            if (in == null) {
                throw new IllegalStateException("defaults.json is missing beside TypedDefaults.class");
            }
            return new TypedDefaults(new ObjectMapper().readTree(in));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read defaults.json", e);
        }
    }

    /// Adds to an object of a kind, in place, what it leaves out.
    public void complete(String group, String version, String kind, ObjectNode object) {
        visit(shapes.of(group, version, kind), object);
    }

    private void visit(Shape shape, JsonNode value) {
        switch (shape) {
            case Struct struct -> {
                if (value instanceof ObjectNode object) {
                    struct(struct, object);
                }
            }
            case Items items -> {
                if (!(items.item() instanceof Plain)) {
                    value.forEach(item -> visit(items.item(), item));
                }
            }
            case Entries entries -> {
                if (!(entries.value() instanceof Plain)) {
                    value.forEach(item -> visit(entries.value(), item));
                }
            }
            case Plain _, Shape.Perhaps _ -> {
                // Nothing is in it.
            }
        }
    }

    private void struct(Struct struct, ObjectNode object) {
        for (Map.Entry<String, JsonNode> missing :
                table.path(struct.definition()).properties()) {
            if (!object.has(missing.getKey())) {
                object.set(missing.getKey(), missing.getValue().deepCopy());
            }
        }
        Map<String, Shape> fields = struct.fields();
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            if (entry.getValue().isContainerNode()) {
                visit(fields.getOrDefault(entry.getKey(), Shape.ANY), entry.getValue());
            }
        }
    }
}
