package io.driftless.notification;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Fills a JSON document: `${name}` inside a string stands for a field of the facts. Values stay inside their
/// string whatever they hold, so no fact can change the shape of the document.
final class BodyTemplate {
    private static final Pattern FIELD = Pattern.compile("\\$\\{([A-Za-z]+)}");

    private BodyTemplate() {}

    static JsonNode fill(JsonNode template, ObjectNode facts) {
        if (template.isTextual()) {
            return JsonNodeFactory.instance.textNode(fill(template.textValue(), facts));
        }
        if (template instanceof ArrayNode list) {
            ArrayNode filled = JsonNodeFactory.instance.arrayNode();
            list.forEach(item -> filled.add(fill(item, facts)));
            return filled;
        }
        if (template instanceof ObjectNode object) {
            ObjectNode filled = JsonNodeFactory.instance.objectNode();
            object.properties().forEach(field -> filled.set(field.getKey(), fill(field.getValue(), facts)));
            return filled;
        }
        return template;
    }

    private static String fill(String text, ObjectNode facts) {
        return FIELD.matcher(text)
                .replaceAll(match ->
                        Matcher.quoteReplacement(facts.path(match.group(1)).asText("")));
    }
}
