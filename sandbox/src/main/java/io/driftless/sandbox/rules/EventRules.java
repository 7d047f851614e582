package io.driftless.sandbox.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.sandbox.custom.Violation;
import io.driftless.sandbox.model.Json;
import io.driftless.sandbox.model.Relabel;
import io.driftless.sandbox.model.ResourceType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What makes an Event invalid: little in the core group, more where it has a moment of its own (`eventTime`), most in
/// `events.k8s.io`, where it hardly changes any more.
public final class EventRules {
    private static final int LONGEST = 128;
    private static final int LONGEST_TEXT = 1024;

    private EventRules() {}

    /// Whether it is one of the core group, where an Event may say almost anything.
    static boolean ofCore(ResourceType type) {
        return type.id().equals("events") && type.group().isEmpty();
    }

    /// @param event as the core group has it
    static void add(ResourceType type, JsonNode event, @Nullable JsonNode before, List<Violation> out) {
        common(event, out);
        if (ofCore(type)) {
            return;
        }
        if (before == null) {
            strict(event, out);
            return;
        }
        JsonNode was = before instanceof ObjectNode o ? Relabel.toStorage(type, o) : before;
        if (!was.path("involvedObject").equals(event.path("involvedObject"))) {
            String shown = InternalText.OBJECT_REFERENCE.of(event.path("involvedObject"));
            out.add(Violation.invalid("involvedObject", shown, "field is immutable"));
        }
        for (String field : List.of("reason", "message", "action", "type")) {
            String is = event.path(field).asText();
            if (!was.path(field).asText().equals(is)) {
                out.add(Names.invalid(field, is, "field is immutable"));
            }
        }
    }

    private static void common(JsonNode event, List<Violation> out) {
        String namespace = event.path("involvedObject").path("namespace").asText();
        String own = Json.namespace(event);
        boolean momentary = event.hasNonNull("eventTime");
        boolean none = namespace.isEmpty() && !own.equals("default") && !(momentary && own.equals("kube-system"));
        if (none || !momentary && !namespace.isEmpty() && !namespace.equals(own)) {
            out.add(Names.invalid("involvedObject.namespace", namespace, "does not match event.namespace"));
        }
        if (!momentary) {
            return;
        }
        String reporting = event.path("reportingComponent").asText();
        if (reporting.isEmpty()) {
            out.add(Violation.required("reportingComponent", ""));
        }
        Names.key("reportingComponent", reporting, out);
        for (String field : List.of("reportingInstance", "action", "reason")) {
            String text = event.path(field).asText();
            if (text.isEmpty()) {
                out.add(Violation.required(field, ""));
            } else if (text.length() > LONGEST) {
                out.add(Violation.tooLong(field, LONGEST));
            }
        }
        if (event.path("message").asText().length() > LONGEST_TEXT) {
            out.add(Violation.tooLong("message", LONGEST_TEXT));
        }
    }

    private static void strict(JsonNode event, List<Violation> out) {
        if (!event.hasNonNull("eventTime")) {
            out.add(Violation.required("eventTime", ""));
        }
        String type = event.path("type").asText();
        if (!type.equals("Normal") && !type.equals("Warning")) {
            out.add(Names.invalid("type", "", "has invalid value: " + type));
        }
        for (String field : List.of("firstTimestamp", "lastTimestamp")) {
            if (event.hasNonNull(field)) {
                out.add(Names.invalid(field, "", "needs to be unset"));
            }
        }
        if (event.path("count").asInt() != 0) {
            out.add(Names.invalid("count", "", "needs to be unset"));
        }
    }
}
