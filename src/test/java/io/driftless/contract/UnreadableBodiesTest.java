package io.driftless.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;

/// Bodies of requests that cannot be read, or are no object, and what is said of them.
class UnreadableBodiesTest {
    private static final String TYPE = "json: cannot unmarshal %s into Go value of type ";
    private static final String OBJECT =
            "struct { APIVersion string \"json:\\\"apiVersion,omitempty\\\"\"; Kind string \"json:\\\"kind,omitempty\\\"\" }";
    private static final String MAP = "map[string]interface {}";
    private static final String KIND = "couldn't get version/kind; json parse error: ";
    private static final String STRATEGIC = "application/strategic-merge-patch+json";
    private static final String MERGE = "application/merge-patch+json";
    private static final String OPERATIONS = "application/json-patch+json";

    private static String message(Answer answer) {
        return answer.refused(400, "BadRequest").message();
    }

    @OnBoth
    void jsonIsReadToItsFirstFault(Server server) {
        Map<String, String> faults = new LinkedHashMap<>();
        faults.put("{\"a\": 1", "unexpected end of JSON input");
        faults.put("{\"a\" 1}", "invalid character '1' after object key");
        faults.put("{\"a\":1 \"b\":2}", "invalid character '\"' after object key:value pair");
        faults.put("{\"a\":[1 2]}", "invalid character '2' after array element");
        faults.put("{\"a\":tru}", "invalid character '}' in literal true (expecting 'e')");
        faults.put("{\"a\":1.}", "invalid character '}' after decimal point in numeric literal");
        faults.put("{\"a\":-}", "invalid character '}' in numeric literal");
        faults.put("{\"a\":1e}", "invalid character '}' in exponent of numeric literal");
        faults.put("{\"a\":01}", "invalid character '1' after object key:value pair");
        faults.put("{\"a\":\"\\q\"}", "invalid character 'q' in string escape code");
        faults.put("{\"a\":\"\\u12g4\"}", "invalid character 'g' in \\u hexadecimal character escape");
        faults.put("{\"a\":\"\n\"}", "invalid character '\\n' in string literal");
        faults.put("{'a':1}", "invalid character '\\'' looking for beginning of object key string");
        faults.put("{\"a\":1,}", "invalid character '}' looking for beginning of object key string");
        faults.put("{\"a\":NaN}", "invalid character 'N' looking for beginning of value");
        faults.put("{\"a\":1}}", "invalid character '}' after top-level value");
        faults.put(
                "{\"metadata\":{\"name\":\"xyzxyzxyzxyz\"},\"b\":}",
                "invalid character '}' looking for beginning of value");

        faults.forEach((body, fault) -> {
            String shown = body.length() > 30 ? body.substring(0, 30) + " ..." : body;
            assertThat(message(server.api().send("POST", server.core("configmaps"), "application/json", body)))
                    .as(body)
                    .isEqualTo("the object provided is unrecognized (must be of type ConfigMap): " + KIND + fault + " ("
                            + shown + ")");
            assertThat(message(server.api().send("DELETE", server.core("configmaps/a"), "application/json", body)))
                    .as(body)
                    .isEqualTo(KIND + fault);
        });
    }

    @OnBoth
    void whatIsNoObjectIsNamedByItsType(Server server) {
        Map<String, String> others = Map.of("[]", "array", "12", "number", "true", "bool", "\"a\"", "string");
        Map<String, String> bytes = Map.of("[]", "5b5d", "12", "3132", "true", "74727565", "\"a\"", "226122");

        others.forEach((body, type) -> {
            assertThat(message(server.api().send("POST", server.core("configmaps"), "application/json", body)))
                    .isEqualTo("the object provided is unrecognized (must be of type ConfigMap): " + KIND
                            + TYPE.formatted(type) + OBJECT + " (" + bytes.get(body) + ")");
            assertThat(message(server.api().send("DELETE", server.core("configmaps/a"), "application/json", body)))
                    .isEqualTo(KIND + TYPE.formatted(type) + OBJECT);
        });
        assertThat(message(server.api().send("POST", server.core("configmaps"), "application/json", "")))
                .endsWith(KIND + "unexpected end of JSON input (<empty>)");
    }

    @OnBoth
    void patchesAreReadInTheirOwnWays(Server server) {
        server.api().post(server.core("configmaps"), "{metadata: {name: a}}").expect(201);
        String map = server.core("configmaps/a");

        assertThat(message(server.api().send("PATCH", map, MERGE, "{}x")))
                .isEqualTo("error decoding patch: invalid character 'x' after top-level value");
        assertThat(message(server.api().send("PATCH", map, OPERATIONS, "junk")))
                .isEqualTo("error decoding patch: invalid character 'j' looking for beginning of value");
        assertThat(message(server.api().send("PATCH", map, STRATEGIC, "junk")))
                .isEqualTo("invalid character 'j' looking for beginning of value");
        assertThat(message(server.api().send("PATCH", map, MERGE, "[]")))
                .isEqualTo("error decoding patch: " + TYPE.formatted("array") + MAP);
        assertThat(message(server.api().send("PATCH", map, STRATEGIC, "12"))).isEqualTo(TYPE.formatted("number") + MAP);
        assertThat(message(server.api().send("PATCH", map, OPERATIONS, "{}")))
                .isEqualTo("error decoding patch: " + TYPE.formatted("object") + "[]handlers.jsonPatchOp");
        assertThat(message(server.api().send("PATCH", map, OPERATIONS, "[1]")))
                .isEqualTo("error decoding patch: " + TYPE.formatted("number") + "handlers.jsonPatchOp");
        assertThat(message(server.api().send("PATCH", map, MERGE, "null"))).isEqualTo("Invalid JSON Patch");
        server.api().send("PATCH", map, OPERATIONS, "null").expect(200);
        server.api().send("PATCH", map, STRATEGIC, "null").expect(200);
        String nameless = "the name of the object (a based on URL) was undeterminable: name must be provided";
        assertThat(message(server.api().send("PATCH", map, MERGE, "{\"metadata\": null}")))
                .isEqualTo(nameless);
        assertThat(message(server.api()
                        .send("PATCH", map, OPERATIONS, "[{\"op\": \"replace\", \"path\": \"\", \"value\": {}}]")))
                .isEqualTo(nameless);
    }

    @OnBoth
    void yamlIsToldByItsLines(Server server) {
        Map<String, String> faults = new LinkedHashMap<>();
        faults.put("a: [", "line 1: did not find expected node content");
        faults.put("a: b: c", "mapping values are not allowed in this context");
        faults.put("a: b\n c: d", "line 2: mapping values are not allowed in this context");
        faults.put("\ta: b", "found character that cannot start any token");
        faults.put("a: \"x", "found unexpected end of stream");
        faults.put("- a\nb: c", "line 1: did not find expected '-' indicator");
        faults.put("a: |\n x\n  y\nb: [1, 2\nc: d\n", "line 4: did not find expected ',' or ']'");
        faults.put("a: {b: c\nd: e\n", "line 1: did not find expected ',' or '}'");
        faults.put("a: &x b\nc: *y", "unknown anchor 'y' referenced");
        String map = server.core("configmaps/a?fieldManager=m");

        faults.forEach((body, fault) -> {
            assertThat(message(server.api().apply(map, body)))
                    .as(body)
                    .isEqualTo("error decoding YAML: error converting YAML to JSON: yaml: " + fault);
            assertThat(message(server.api().send("POST", server.core("configmaps"), "application/yaml", body)))
                    .as(body)
                    .startsWith(
                            "the object provided is unrecognized (must be of type ConfigMap): yaml: " + fault + " (");
        });
        assertThat(message(server.api().apply(map, "text")))
                .isEqualTo("error decoding YAML: error unmarshaling JSON: while decoding JSON: "
                        + TYPE.formatted("string") + MAP);
        assertThat(message(server.api().apply(map, "a: !!int x"))).startsWith("error decoding YAML: ");
        server.api().send("PATCH", map, "application/apply-patch+json", "{}").refused(415, "UnsupportedMediaType");
        server.api()
                .send("POST", server.core("configmaps"), "application/yaml", "metadata: {name: first}\n---\na: b\n")
                .expect(201);
    }

    @OnBoth
    void aBodyOfADeletionTakesThePlaceOfItsQuery(Server server) {
        server.api().post(server.core("configmaps"), "{metadata: {name: a}}").expect(201);
        String map = server.core("configmaps/a");

        server.api().delete(map + "?dryRun=All").expect(200);
        server.api().get(map).expect(200);
        server.api().send("DELETE", map, "text/plain", "{}").refused(415, "UnsupportedMediaType");
        server.api().delete(map + "?dryRun=All", "{gracePeriodSeconds: 0}").expect(200);
        server.api().get(map).refused(404, "NotFound");
    }

    @OnBoth
    void namesAreCountedInCharacters(Server server) {
        String maps = server.core("configmaps?dryRun=All");
        String name = "a".repeat(254);

        assertThat(invalid(server, maps, "{metadata: {name: " + name + "}}"))
                .endsWith("must be no more than 253 characters");
        assertThat(invalid(server, maps, "{metadata: {name: a, labels: {" + name + "/x: v}}}"))
                .endsWith("prefix part must be no more than 253 bytes");
        assertThat(invalid(server, maps, "{metadata: {name: a}, data: {" + name + ": v}}"))
                .endsWith("must be no more than 253 characters");
        assertThat(invalid(server, maps, "{metadata: {name: a}, data: {k: " + "x".repeat(1_100_000) + "}}"))
                .isEqualTo("ConfigMap \"a\" is invalid: []: Too long: may not be more than 1048576 bytes");
        assertThat(invalid(
                        server,
                        server.core("secrets?dryRun=All"),
                        "{metadata: {name: a}, stringData: {k: " + "x".repeat(1_100_000) + "}}"))
                .isEqualTo("Secret \"a\" is invalid: data: Too long: may not be more than 1048576 bytes");
        String generated = server.api()
                .post(maps, "{metadata: {generateName: " + "a".repeat(60) + "}}")
                .expect(201)
                .text("/metadata/name");
        assertThat(generated).hasSize(63).startsWith("a".repeat(58));
        Answer manager = server.api().post(maps + "&fieldManager=%01", "{metadata: {name: a}}");
        assertThat(manager.refused(422, "Invalid").message())
                .endsWith("fieldManager: Invalid value: \"\\x01\": invalid character U+0001 (at position 0)");
    }

    private static String invalid(Server server, String path, String body) {
        return server.api().post(path, body).refused(422, "Invalid").message();
    }
}
