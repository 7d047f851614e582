package io.driftless.sandbox.tables;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The paths that columns of a definition name: fields, items by number, all items, and those with a field of some
/// value. What is written otherwise finds nothing.
public record JsonPath(List<Step> steps) {
    private static final Pattern STEP =
            Pattern.compile("\\.((?:[^.\\[\\]\\\\]|\\\\.)+)|\\[(-?[0-9]+)]|\\[(\\*)]|\\[['\"](.+?)['\"]]"
                    + "|\\[\\?\\(@((?:\\.[^=!\\s]+)+)\\s*==\\s*['\"]?(.*?)['\"]?\\s*\\)]");

    sealed interface Step {
        record Field(String name) implements Step {}

        record Item(int number) implements Step {}

        record All() implements Step {}

        record Matching(JsonPath path, String value) implements Step {}
    }

    static JsonPath of(String text) {
        List<Step> steps = new ArrayList<>();
        Matcher parts = STEP.matcher(text);
        int at = 0;
        while (at < text.length() && parts.find(at) && parts.start() == at) {
            steps.add(step(parts));
            at = parts.end();
        }
        return new JsonPath(at == text.length() ? steps : List.of(new Step.Field("")));
    }

    private static Step step(Matcher parts) {
        if (parts.group(1) != null) {
            return parts.group(1).equals("*")
                    ? new Step.All()
                    : new Step.Field(parts.group(1).replace("\\", ""));
        }
        if (parts.group(2) != null) {
            return new Step.Item(Integer.parseInt(parts.group(2)));
        }
        if (parts.group(3) != null) {
            return new Step.All();
        }
        return parts.group(4) != null
                ? new Step.Field(parts.group(4).replace("\\", ""))
                : new Step.Matching(of(parts.group(5)), parts.group(6));
    }

    List<JsonNode> find(JsonNode object) {
        List<JsonNode> found = List.of(object);
        for (Step step : steps) {
            List<JsonNode> next = new ArrayList<>();
            for (JsonNode node : found) {
                step(step, node, next);
            }
            found = next;
        }
        return found.stream().filter(node -> !node.isNull()).toList();
    }

    private static void step(Step step, JsonNode node, List<JsonNode> next) {
        switch (step) {
            case Step.Field(String name) when node.has(name) -> next.add(node.path(name));
            case Step.Field _ -> {}
            case Step.Item(int number) -> {
                int at = number < 0 ? node.size() + number : number;
                if (node.has(at)) {
                    next.add(node.get(at));
                }
            }
            case Step.All _ -> node.forEach(next::add);
            case Step.Matching(JsonPath path, String value) ->
                node.forEach(item -> {
                    if (path.find(item).stream().anyMatch(v -> v.asText().equals(value))) {
                        next.add(item);
                    }
                });
        }
    }
}
