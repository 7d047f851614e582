package io.driftless.contract;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// Definitions with rules about a spec that has a field of each type, and the expressions of the
/// folder `contract/cel`.
final class CelCases {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PROPERTIES = """
            s: {type: string, maxLength: 50}, i: {type: integer}, d: {type: number}, b: {type: boolean},
            l: {type: array, maxItems: 10, items: {type: integer}},
            ls: {type: array, maxItems: 10, items: {type: string, maxLength: 20}},
            m: {type: object, maxProperties: 10, additionalProperties: {type: string, maxLength: 20}},
            t: {type: string, format: date-time}, du: {type: string, format: duration},
            by: {type: string, format: byte, maxLength: 20}, da: {type: string, format: date},
            x: {x-kubernetes-int-or-string: true},
            o: {type: object, properties: {a: {type: string, maxLength: 10}, "n": {type: integer}}},
            "n": {type: string, nullable: true, maxLength: 9}, a-b: {type: integer},
            lo: {type: array, maxItems: 5, items: {type: object, properties: {a: {type: string, maxLength: 10}}}},
            ks: {type: array, maxItems: 5, x-kubernetes-list-type: set, items: {type: string, maxLength: 10}},
            any: {type: object, x-kubernetes-preserve-unknown-fields: true}
            """;
    static final String SPEC = """
            {s: abc, i: 3, d: 1.5, b: true, l: [3, 1, 2], ls: [b, a], m: {k: v}, t: "2024-02-03T04:05:06.789+02:00",
             du: 90m, by: aGk=, da: "2024-02-03", x: 5%, o: {a: q, "n": 1}, "n": null, a-b: 7, lo: [{a: x}], ks: [p, q],
             any: {z: 1}}
            """;

    private CelCases() {}

    /// An expression and what is said of it.
    record Case(String expression, List<String> told) {}

    /// Cases of one line each, `EXPRESSION => WHAT`.
    static List<Case> lines(String file) {
        List<Case> out = new ArrayList<>();
        for (String line : read(file)) {
            String[] sides = line.split(" => ", 2);
            out.add(new Case(sides[0], List.of(sides[1])));
        }
        return out;
    }

    /// Cases with what is said of an expression in the lines below it.
    static List<Case> blocks(String file) {
        List<Case> out = new ArrayList<>();
        for (String line : read(file)) {
            if (line.startsWith("  ")) {
                out.getLast().told().add(line.strip());
            } else {
                out.add(new Case(line, new ArrayList<>()));
            }
        }
        return out;
    }

    private static List<String> read(String file) {
        try (InputStream in = Objects.requireNonNull(CelCases.class.getResourceAsStream("/contract/cel/" + file))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String rule(String expression) {
        return JSON.createObjectNode().put("rule", expression).toString();
    }

    /// A rule that never holds and shows a value.
    static String showing(String expression) {
        return JSON.createObjectNode()
                .put("rule", "self.i == 9")
                .put("messageExpression", "'%s'.format([" + expression + "])")
                .toString();
    }

    /// The schema of objects whose spec has these rules.
    static String schema(List<String> rules) {
        return schema(PROPERTIES, rules);
    }

    static String schema(String properties, List<String> rules) {
        ArrayNode all = JSON.createArrayNode();
        rules.forEach(rule -> all.add(Api.yaml(rule)));
        ObjectNode root = JSON.createObjectNode().put("type", "object");
        ObjectNode spec = root.putObject("properties").putObject("spec").put("type", "object");
        spec.set("properties", Api.yaml("{" + properties + "}"));
        spec.set("x-kubernetes-validations", all);
        String text = root.toString();
        return text.substring(1, text.length() - 1);
    }

    /// What a server says to a definition with a rule, without making it.
    static Answer defined(Server server, String rule) {
        return defined(server, PROPERTIES, rule);
    }

    static Answer defined(Server server, String properties, String rule) {
        return server.api()
                .post(
                        "/apis/apiextensions.k8s.io/v1/customresourcedefinitions?dryRun=All",
                        Crds.definition("things", schema(properties, List.of(rule)), ""));
    }

    /// What is told of an expression that cannot be read: each problem with its line and a mark.
    static String compilation(Case refused) {
        List<String> out = new ArrayList<>();
        for (String told : refused.told()) {
            String[] sides = told.split(": ", 2);
            out.add("ERROR: <input>:1:" + sides[0] + ": " + sides[1] + "\n | " + refused.expression() + "\n | "
                    + ".".repeat(Integer.parseInt(sides[0]) - 1) + "^");
        }
        return "compilation failed: " + String.join("\n", out);
    }
}
