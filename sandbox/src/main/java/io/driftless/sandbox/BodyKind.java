package io.driftless.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.objects.Schemas;
import io.driftless.sandbox.model.BodyText;
import io.driftless.sandbox.model.ResourceType;
import io.driftless.sandbox.typed.Decoder;
import io.driftless.sandbox.typed.Shapes;
import io.driftless.sandbox.typed.Undecodable;

/// What an object says it is, where that is another kind than the one asked about.
final class BodyKind {
    /// How refusals of bodies begin of which not even the kind is known.
    static final String UNREADABLE = "couldn't get version/kind; json parse error: ";

    private BodyKind() {}

    /// Why an object cannot be read as one of a built-in type; empty where it can.
    static String misfit(Shapes shapes, ResourceType type, ObjectNode object) {
        String apiVersion = said(object, "apiVersion", type.apiVersion());
        String kind = said(object, "kind", type.kind());
        if (apiVersion.equals(type.apiVersion()) && kind.equals(type.kind())) {
            return "";
        }
        if (!Schemas.isBuiltIn(apiVersion, kind)) {
            return "no kind \"" + kind + "\" is registered for version \"" + apiVersion
                    + "\" in scheme \"pkg/runtime/scheme.go:111\"";
        }
        int slash = apiVersion.indexOf('/');
        String group = slash < 0 ? "" : apiVersion.substring(0, slash);
        String version = apiVersion.substring(slash + 1);
        try {
            var _ = Decoder.decode(shapes.of(group, version, kind), object.deepCopy());
        } catch (Undecodable e) {
            return e.why();
        }
        String inner = type.group().isEmpty() ? "core" : type.group().split("\\.", 2)[0];
        return "converting (" + version + "." + kind + ") to (" + inner + "." + type.kind() + "): unknown conversion";
    }

    private static String said(JsonNode object, String field, String otherwise) {
        String text = object.path(field).asText();
        return text.isEmpty() ? otherwise : text;
    }

    /// What is wrong with an object whose kind or version is no text; empty for nothing.
    static String unreadable(JsonNode object) {
        for (String field : new String[] {"kind", "apiVersion"}) {
            JsonNode value = object.path(field);
            if (!value.isMissingNode() && !value.isNull() && !value.isTextual()) {
                return UNREADABLE + "json: cannot unmarshal " + BodyText.type(value) + " into Go struct field ." + field
                        + " of type string";
            }
        }
        return "";
    }
}
