package io.driftless.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.sandbox.Fault.Effect;
import io.driftless.sandbox.model.Json;
import java.util.HashSet;
import java.util.Set;

/// Faults in the words of the admin requests, such as
/// `{"effect":"refuse","code":429,"retryAfterSeconds":1,"verbs":["apply"],"resource":"deployments.apps","times":3}`.
/// Effects: `delay` (`millis`), `refuse` (`code`, `retryAfterSeconds`), `close`, `garble`, `loseAnswer`, `cutAfter`
/// (`events`).
final class FaultJson {
    private static final Set<String> FIELDS = Set.of(
            "effect",
            "millis",
            "code",
            "retryAfterSeconds",
            "events",
            "verbs",
            "resource",
            "namespace",
            "name",
            "client",
            "times");

    private FaultJson() {}

    /// @throws IllegalArgumentException naming what is wrong
    static Fault read(JsonNode json) {
        json.fieldNames().forEachRemaining(field -> {
            if (!FIELDS.contains(field)) {
                throw new IllegalArgumentException("a fault has no field " + field + "; there are " + FIELDS);
            }
        });
        Set<String> verbs = new HashSet<>();
        json.path("verbs").forEach(verb -> verbs.add(verb.asText()));
        return new Fault(
                verbs,
                json.path("resource").asText(),
                json.path("namespace").asText(),
                json.path("name").asText(),
                json.path("client").asText(),
                json.path("times").asInt(),
                effect(json));
    }

    private static Effect effect(JsonNode json) {
        return switch (json.path("effect").asText()) {
            case "delay" -> new Fault.Delay(json.path("millis").asLong());
            case "refuse" ->
                new Fault.Refuse(
                        json.path("code").asInt(),
                        json.path("retryAfterSeconds").asInt());
            case "close" -> new Fault.Close();
            case "garble" -> new Fault.Garble();
            case "loseAnswer" -> new Fault.LoseAnswer();
            case "cutAfter" -> new Fault.CutAfter(json.path("events").asInt());
            default ->
                throw new IllegalArgumentException(
                        "effect \"" + json.path("effect").asText()
                                + "\" must be delay, refuse, close, garble, loseAnswer or cutAfter");
        };
    }

    static ObjectNode write(String id, Fault fault) {
        ObjectNode out = Json.object().put("id", id);
        switch (fault.effect()) {
            case Fault.Delay(long millis) -> out.put("effect", "delay").put("millis", millis);
            case Fault.Refuse(int code, int retryAfter) ->
                out.put("effect", "refuse").put("code", code).put("retryAfterSeconds", retryAfter);
            case Fault.Close _ -> out.put("effect", "close");
            case Fault.Garble _ -> out.put("effect", "garble");
            case Fault.LoseAnswer _ -> out.put("effect", "loseAnswer");
            case Fault.CutAfter(int events) -> out.put("effect", "cutAfter").put("events", events);
        }
        fault.verbs().stream().sorted().forEach(out.withArray("verbs")::add);
        out.put("resource", fault.resource()).put("namespace", fault.namespace());
        return out.put("name", fault.name()).put("client", fault.client()).put("times", fault.times());
    }
}
