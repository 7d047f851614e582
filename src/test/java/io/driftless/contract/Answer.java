package io.driftless.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;

/// What the server answered; `body` is missing where it is no JSON, `raw` is its text.
record Answer(String request, int code, HttpHeaders headers, JsonNode body, String raw) {
    Answer expect(int wished) {
        assertThat(code).as("%s: %s", request, raw).isEqualTo(wished);
        return this;
    }

    /// A refusal: its code, and the reason in the Status.
    Answer refused(int wished, String reason) {
        expect(wished);
        assertThat(text("/kind")).as(raw).isEqualTo("Status");
        assertThat(text("/status")).as(raw).isEqualTo("Failure");
        assertThat(text("/reason")).as(raw).isEqualTo(reason);
        assertThat(at("/code").asInt()).as(raw).isEqualTo(wished);
        return this;
    }

    JsonNode at(String pointer) {
        return body.at(pointer);
    }

    String text(String pointer) {
        return body.at(pointer).asText();
    }

    String message() {
        return text("/message");
    }

    String version() {
        return text("/metadata/resourceVersion");
    }

    String uid() {
        return text("/metadata/uid");
    }

    String header(String name) {
        return headers.firstValue(name).orElse("");
    }

    /// The names of the items of a list, in its order.
    List<String> names() {
        List<String> names = new ArrayList<>();
        body.path("items").forEach(item -> names.add(item.at("/metadata/name").asText()));
        return names;
    }
}
