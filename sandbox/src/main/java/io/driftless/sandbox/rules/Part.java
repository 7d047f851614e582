package io.driftless.sandbox.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.driftless.sandbox.custom.Violation;
import io.driftless.sandbox.model.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A part of an object that is looked through for what is wrong with it: its value, where it is, and where complaints
/// go. The path is spelled out by a complaint alone, so that what is in order costs next to nothing.
public final class Part {
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?");
    private final JsonNode value;
    private final @Nullable Part above;
    private final String step;
    private final int index;
    private final List<Violation> out;

    private Part(JsonNode value, @Nullable Part above, String step, int index, List<Violation> out) {
        this.value = value;
        this.above = above;
        this.step = step;
        this.index = index;
        this.out = out;
    }

    /// The part at a path.
    static Part at(String path, JsonNode value, List<Violation> out) {
        return new Part(value, null, path, -1, out);
    }

    JsonNode value() {
        return value;
    }

    boolean there() {
        return !value.isMissingNode();
    }

    String text() {
        return value.asText();
    }

    /// Zero where it is missing.
    long number() {
        return value.asLong();
    }

    Part in(String field) {
        return new Part(value.path(field), this, field, -1, out);
    }

    /// The same value, as if it were in a field of this name.
    Part as(String field) {
        return new Part(value, this, field, -1, out);
    }

    /// The entry of a map.
    Part entry(String key) {
        return new Part(value.path(key), this, "[" + key + "]", -1, out);
    }

    /// The items of the list in a field.
    List<Part> each(String field) {
        JsonNode list = value.path(field);
        if (list.isEmpty() || !list.isArray()) {
            return List.of();
        }
        Part all = in(field);
        List<Part> parts = new ArrayList<>(list.size());
        for (int i = 0; i < list.size(); i++) {
            parts.add(new Part(list.get(i), all, "", i, out));
        }
        return parts;
    }

    /// What is in a field, if there is anything.
    void with(String field, Consumer<Part> then) {
        if (value.has(field)) {
            then.accept(in(field));
        }
    }

    String path() {
        if (above == null) {
            return step;
        }
        if (index >= 0) {
            return above.path() + "[" + index + "]";
        }
        return above.path() + (step.startsWith("[") ? "" : ".") + step;
    }

    void required(String why) {
        out.add(Violation.required(path(), why));
    }

    void forbidden(String why) {
        out.add(Violation.forbidden(path(), why));
    }

    void duplicate(String shown) {
        out.add(Violation.duplicate(path(), TextNode.valueOf(shown)));
    }

    void notFound(String why) {
        out.add(new Violation(path(), "FieldValueNotFound", "Not found: " + Json.quoted(text()) + why));
    }

    /// What is missing shows as text that is empty.
    public void invalid(String why) {
        invalid(there() ? value.toString() : "\"\"", why);
    }

    /// @param shown the value as it is to be seen; text is quoted by the caller
    public void invalid(String shown, String why) {
        out.add(Violation.invalid(path(), shown, why));
    }

    /// Complains about labels, or about a selector of labels, which show in the order of their keys.
    void invalidLabels(String why) {
        invalid(there() ? sorted(value, true).toString() : "null", why);
    }

    private static JsonNode sorted(JsonNode value, boolean outer) {
        if (!(value instanceof ObjectNode fields)) {
            return value;
        }
        boolean selector = outer && (fields.has("matchLabels") || fields.has("matchExpressions"));
        ObjectNode out = Json.object();
        if (selector) {
            for (String field : List.of("matchLabels", "matchExpressions")) {
                if (fields.has(field)) {
                    out.set(field, sorted(fields.get(field), false));
                }
            }
        } else {
            fields.properties().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .forEach(field -> out.set(field.getKey(), field.getValue()));
        }
        return out;
    }

    void unsupported(List<String> supported) {
        out.add(Violation.unsupported(
                path(),
                there() ? value : TextNode.valueOf(""),
                supported.stream().map(one -> (JsonNode) TextNode.valueOf(one)).toList()));
    }

    void add(Violation violation) {
        out.add(violation);
    }

    List<Violation> complaints() {
        return out;
    }

    /// Complains about text that is there and is none of these.
    void oneOf(List<String> supported) {
        if (there() && !supported.contains(text())) {
            unsupported(supported);
        }
    }

    /// Complains where nothing, or no text, is there.
    boolean needed() {
        boolean missing = value.isMissingNode() || value.isTextual() && text().isEmpty();
        if (missing) {
            required("");
        }
        return !missing;
    }

    void between(long least, long most) {
        if (number() < least || number() > most) {
            invalid(Long.toString(number()), "must be between " + least + " and " + most + ", inclusive");
        }
    }

    void notNegative() {
        if (number() < 0) {
            invalid("must be greater than or equal to 0");
        }
    }

    /// Complains about text that is no name of one word.
    void label() {
        String name = text();
        if (name.contains(".") && Names.subdomain(name)) {
            invalid("must not contain dots");
            return;
        }
        if (name.length() > 63) {
            invalid("must be no more than 63 characters");
        }
        if (!LABEL.matcher(name).matches()) {
            invalid(Names.NOT_LABEL);
        }
    }

    /// Complains about text that is no name of words between dots.
    void subdomain() {
        if (text().length() > 253) {
            invalid("must be no more than 253 characters");
        }
        if (!Names.subdomain(text())) {
            invalid(Names.NOT_SUBDOMAIN);
        }
    }

    /// Complains about text that is no key of labels.
    void key() {
        Names.key(path(), text(), out);
    }

    /// Complains about labels, all of them at this place.
    void labels() {
        if (!value.isEmpty()) {
            String here = path();
            value.properties().forEach(label -> {
                Names.key(here, label.getKey(), out);
                Names.value(here, label.getValue().asText(), out);
            });
        }
    }
}
