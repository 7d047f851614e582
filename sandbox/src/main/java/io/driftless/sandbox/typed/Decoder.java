package io.driftless.sandbox.typed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.driftless.sandbox.typed.Shape.Entries;
import io.driftless.sandbox.typed.Shape.Items;
import io.driftless.sandbox.typed.Shape.Perhaps;
import io.driftless.sandbox.typed.Shape.Plain;
import io.driftless.sandbox.typed.Shape.Sort;
import io.driftless.sandbox.typed.Shape.Struct;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads an object as the types of the real server do: fields that there are not, that are null or
/// hold nothing are lost, and a value of another type is an error.
public final class Decoder {
    private final List<String> unknown = new ArrayList<>();
    private final List<Step> path = new ArrayList<>();
    /// A value of another type does not end the reading, as one does whose text cannot be read.
    private @Nullable Undecodable first;

    /// One step down; only fields are named where a type is wrong.
    private record Step(String text, @Nullable Struct of) {
        boolean field() {
            return of != null;
        }
    }

    private Decoder() {}

    /// Reads an object in place and returns the paths of what was lost, in the order of the object.
    ///
    /// @throws Undecodable where a value is of another type
    public static List<String> decode(Shape shape, ObjectNode object) {
        Decoder decoder = new Decoder();
        decoder.visit(shape, object, "");
        if (decoder.first != null) {
            throw decoder.first;
        }
        return decoder.unknown;
    }

    private void visit(Shape shape, JsonNode value, String owner) {
        switch (shape) {
            case Plain(Sort sort) -> {
                if (!Scalars.fits(sort, value)) {
                    mistyped(shape, value, owner);
                } else {
                    read(sort, value);
                }
            }
            case Perhaps(Shape object) -> {
                if (value.isObject()) {
                    visit(object, value, owner);
                }
            }
            case Items items -> items(items, value, owner);
            case Entries entries -> entries(entries, value, owner);
            case Struct struct -> struct(struct, value, owner);
        }
    }

    private void struct(Struct struct, JsonNode value, String owner) {
        if (!(value instanceof ObjectNode object)) {
            mistyped(struct, value, owner);
            return;
        }
        Map<String, Shape> fields = struct.fields();
        Iterator<Map.Entry<String, JsonNode>> each = object.properties().iterator();
        while (each.hasNext()) {
            Map.Entry<String, JsonNode> entry = each.next();
            Shape field = fields.get(entry.getKey());
            if (field == null) {
                unknown.add(said(entry.getKey()));
                each.remove();
            } else if (entry.getValue().isNull()
                    || (field.lostWhenEmpty(entry.getValue()) && !struct.keepsEmpty(entry.getKey()))
                    || (struct.saysNothing(entry.getKey(), entry.getValue()) && fits(field, entry.getValue()))) {
                each.remove();
            } else if (field != Shape.ANY) {
                path.add(new Step(entry.getKey(), struct));
                visit(field, entry.getValue(), struct.name());
                path.removeLast();
                if (field instanceof Plain(Sort sort) && (sort == Sort.TIME || sort == Sort.MICRO_TIME)) {
                    entry.setValue(Times.inUtc(sort, entry.getValue()));
                }
            }
        }
    }

    private static boolean fits(Shape shape, JsonNode value) {
        return !(shape instanceof Plain(Sort sort)) || Scalars.fits(sort, value);
    }

    private void entries(Entries entries, JsonNode value, String owner) {
        if (!(value instanceof ObjectNode object)) {
            mistyped(entries, value, owner);
            return;
        }
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            if (!entry.getValue().isNull()) {
                path.add(new Step(entry.getKey(), null));
                visit(entries.value(), entry.getValue(), owner);
                path.removeLast();
            } else if (entries.value() instanceof Plain(Sort sort) && sort == Sort.TEXT) {
                entry.setValue(TextNode.valueOf(""));
            }
        }
    }

    private void items(Items items, JsonNode value, String owner) {
        if (!value.isArray()) {
            mistyped(items, value, owner);
            return;
        }
        for (int i = 0; i < value.size(); i++) {
            if (!value.get(i).isNull()) {
                path.add(new Step("[" + i + "]", null));
                visit(items.item(), value.get(i), owner);
                path.removeLast();
            }
        }
    }

    private String said(String last) {
        StringBuilder out = new StringBuilder();
        for (Step step : path) {
            out.append(out.isEmpty() || step.text().startsWith("[") ? "" : ".").append(step.text());
        }
        return out.append(out.isEmpty() ? "" : ".").append(last).toString();
    }

    private void read(Sort sort, JsonNode value) {
        try {
            Scalars.read(sort, value);
        } catch (Undecodable e) {
            if (sort != Sort.BYTES) {
                throw e;
            }
            first = first == null ? e : first;
        }
    }

    private String lastField() {
        for (int i = path.size() - 1; i >= 0; i--) {
            if (path.get(i).field()) {
                return path.get(i).text();
            }
        }
        return "";
    }

    private void mistyped(Shape shape, JsonNode value, String owner) {
        StringBuilder fields = new StringBuilder(owner);
        for (Step step : path) {
            if (step.of() != null) {
                fields.append('.')
                        .append(GoTypes.embedding(step.of().name(), step.text()))
                        .append(step.text());
            }
        }
        boolean number = shape instanceof Plain(Sort sort)
                && (sort == Sort.INT32 || sort == Sort.INT64 || sort == Sort.NUMBER || sort == Sort.INT_OR_TEXT);
        Undecodable wrong = new Undecodable("json: cannot unmarshal " + Scalars.said(value, number) + " into Go "
                + (path.isEmpty() ? "value" : "struct field " + fields) + " of type "
                + GoTypes.of(owner, lastField(), shape.typeName()));
        if (shape instanceof Plain(Sort sort) && sort == Sort.INT_OR_TEXT) {
            throw wrong;
        }
        first = first == null ? wrong : first;
    }
}
