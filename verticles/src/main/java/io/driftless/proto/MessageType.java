package io.driftless.proto;

import io.driftless.proto.FieldType.Label;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One type of message. Complete once all files have been read; messages may hold themselves.
public final class MessageType {
    private static final String META = "k8s.io.apimachinery.pkg.apis.meta.v1.";

    private final String name;
    private final Shape shape;
    private final Map<Integer, FieldType> byNumber = new HashMap<>();
    private final Map<String, FieldType> byJson = new HashMap<>();
    private final List<FieldType> inline = new ArrayList<>();
    private final List<FieldType> required = new ArrayList<>();

    /// How a message looks in JSON.
    enum Shape {
        OBJECT,
        TIME,
        MICRO_TIME,
        INT_OR_STRING,
        /// The JSON that its bytes hold.
        JSON
    }

    MessageType(String name) {
        this.name = name;
        this.shape = switch (name) {
            case META + "Time" -> Shape.TIME;
            case META + "MicroTime" -> Shape.MICRO_TIME;
            case "k8s.io.apimachinery.pkg.util.intstr.IntOrString" -> Shape.INT_OR_STRING;
            case META + "FieldsV1",
                    "k8s.io.apimachinery.pkg.runtime.RawExtension",
                    "k8s.io.apiextensions_apiserver.pkg.apis.apiextensions.v1.JSON" -> Shape.JSON;
            default -> Shape.OBJECT;
        };
    }

    void add(FieldType field) {
        if (byNumber.put(field.number(), field) != null || byJson.put(field.json(), field) != null) {
            throw new IllegalStateException("message " + name + " has field " + field.json() + " twice");
        }
        if (field.inline()) {
            inline.add(field);
        }
        if (field.label() == Label.REQUIRED) {
            required.add(field);
        }
    }

    /// Full name, with its package.
    public String name() {
        return name;
    }

    public Collection<FieldType> fields() {
        return byNumber.values();
    }

    /// The field of this JSON name; null when there is none.
    public @Nullable FieldType field(String json) {
        return byJson.get(json);
    }

    @Nullable
    FieldType field(int number) {
        return byNumber.get(number);
    }

    /// Whether it is an object in JSON, rather than a text or a number.
    public boolean plainObject() {
        return shape == Shape.OBJECT;
    }

    Shape shape() {
        return shape;
    }

    List<FieldType> inline() {
        return inline;
    }

    List<FieldType> required() {
        return required;
    }

    @Override
    public String toString() {
        return name;
    }
}
