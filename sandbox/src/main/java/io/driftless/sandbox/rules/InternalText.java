package io.driftless.sandbox.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.sandbox.model.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Values as the real server shows them where it refuses them whole: by the names that the fields have within it, each
/// of them, also those that are not there.
public enum InternalText {
    POD_SPEC("PodSpec"),
    PARENT("ParentReference"),
    NODE_TERM("NodeTerm"),
    NODE_TERMS("NodeTerms"),
    EPHEMERAL_CONTAINER("EphemeralContainer"),
    CERTIFICATE_CONDITION("CertificateCondition"),
    SECURITY_CONTEXT("SecurityContext"),
    SECCOMP_PROFILE("SeccompProfile"),
    RESOURCE_CLAIM("ResourceClaim"),
    POD_FAILURE_POLICY("PodFailurePolicy"),
    SUCCESS_POLICY("SuccessPolicy"),
    ROLLOUT("Rollout"),
    STATES_ROLLOUT("StatesRollout"),
    STATES_STRATEGY("StatesStrategy"),
    VOLUME_NODE_AFFINITY("VolumeNodeAffinity"),
    OBJECT_REFERENCE("ObjectReference");

    private final String name;

    /// @param name the form in `internal-forms.json`
    InternalText(String name) {
        this.name = name;
    }

    /// The fields of each form in their order, with what each of them is where it is not there; an object or a list is
    /// how one looks that is, `@NAME` another form. Read when the first value is shown.
    private static final class Forms {
        private static final List<String> OF_THE_HOST =
                List.of("hostNetwork", "hostPID", "hostIPC", "shareProcessNamespace", "hostUsers");
        static final JsonNode ALL = read();

        private static JsonNode read() {
            try (InputStream in = InternalText.class.getResourceAsStream("internal-forms.json")) {
                return Json.MAPPER.readTree(in);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read internal-forms.json", e);
            }
        }
    }

    String of(JsonNode value) {
        return shown(Forms.ALL.path(name), this == POD_SPEC ? withHost(value) : value)
                .toString();
    }

    /// What became of a value, as the real server shows it: hunks of its lines.
    String changes(JsonNode before, JsonNode after) {
        return LineChanges.between(lines(before), lines(after));
    }

    private List<String> lines(JsonNode value) {
        List<String> out = new ArrayList<>();
        lines("", shown(Forms.ALL.path(name), this == POD_SPEC ? withHost(value) : value), "", "", out);
        return out;
    }

    /// @param head what is before the value in its line
    /// @param tail what is behind it
    private static void lines(String indent, JsonNode value, String head, String tail, List<String> out) {
        boolean object = value.isObject();
        if (value.isEmpty()) {
            out.add(indent + head + value + tail);
            return;
        }
        out.add(indent + head + (object ? "{" : "["));
        int left = value.size();
        if (object) {
            for (Map.Entry<String, JsonNode> field : value.properties()) {
                String name = Json.quoted(field.getKey()) + ": ";
                lines(indent + " ", field.getValue(), name, --left > 0 ? "," : "", out);
            }
        } else {
            for (JsonNode item : value) {
                lines(indent + " ", item, "", --left > 0 ? "," : "", out);
            }
        }
        out.add(indent + (object ? "}" : "]") + tail);
    }

    /// What a pod shares with its node is a part of its security within the real server.
    private static JsonNode withHost(JsonNode spec) {
        ObjectNode out = Json.object();
        if (spec instanceof ObjectNode fields) {
            out.setAll(fields);
            ObjectNode security = Json.ownChild(out, "securityContext");
            Forms.OF_THE_HOST.forEach(field -> {
                if (fields.has(field)) {
                    security.set(field, fields.get(field));
                }
            });
        }
        return out;
    }

    private static JsonNode shown(JsonNode form, JsonNode value) {
        if (form.asText().startsWith("@")) {
            return shown(Forms.ALL.path(form.asText().substring(1)), value);
        }
        if (value.isMissingNode() || value.isNull()) {
            return form.isContainerNode() ? Json.MAPPER.nullNode() : form;
        }
        if (form instanceof ObjectNode fields) {
            ObjectNode out = Json.object();
            fields.properties()
                    .forEach(field -> out.set(field.getKey(), shown(field.getValue(), named(value, field.getKey()))));
            return out;
        }
        if (form instanceof ArrayNode && value.isArray()) {
            ArrayNode out = Json.MAPPER.createArrayNode();
            value.forEach(item -> out.add(shown(form.get(0), item)));
            return out;
        }
        return value;
    }

    private static JsonNode named(JsonNode value, String name) {
        for (var field : value.properties()) {
            if (field.getKey().equalsIgnoreCase(name)) {
                return field.getValue();
            }
        }
        return Json.MAPPER.missingNode();
    }
}
