package io.driftless.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;

/// The expressions of definitions: what they give, why they have no value, and which are none.
class CelTest {
    private static final int BATCH = 40;
    private static final String NO_OVERLOAD =
            ": call arguments did not match a supported operator, function or macro signature for rule: ";

    private static List<List<CelCases.Case>> batches(List<CelCases.Case> cases) {
        return IntStream.rangeClosed(0, (cases.size() - 1) / BATCH)
                .mapToObj(i -> cases.subList(i * BATCH, Math.min((i + 1) * BATCH, cases.size())))
                .toList();
    }

    /// What a server says to an object, in the order of the rules.
    private static List<String> told(Server server, List<String> rules) {
        String plural = Crds.define(server, "cel", CelCases.schema(rules), "");
        Answer refused = server.api()
                .post(server.path(Crds.GROUP + "/v1", plural) + "?dryRun=All", Crds.object(plural, "a", CelCases.SPEC));
        return refused.refused(422, "Invalid").at("/details/causes").findValuesAsText("message");
    }

    @OnBoth
    void whatExpressionsGive(Server server) {
        for (List<CelCases.Case> batch : batches(CelCases.lines("values"))) {
            List<String> told = told(
                    server,
                    batch.stream()
                            .map(one -> CelCases.showing(one.expression()))
                            .toList());

            assertThat(IntStream.range(0, told.size())
                            .mapToObj(i -> batch.get(i).expression() + " => " + told.get(i)))
                    .containsExactlyElementsOf(batch.stream()
                            .map(one -> one.expression() + " => Invalid value: "
                                    + one.told().getFirst())
                            .toList());
        }
    }

    @OnBoth
    void whyExpressionsHaveNoValue(Server server) {
        for (List<CelCases.Case> batch : batches(CelCases.lines("failures"))) {
            List<String> told = told(
                    server,
                    batch.stream().map(one -> CelCases.rule(one.expression())).toList());

            assertThat(told)
                    .containsExactlyElementsOf(
                            batch.stream().map(CelTest::failure).toList());
        }
    }

    private static String failure(CelCases.Case failed) {
        String why = failed.told().getFirst();
        return "Invalid value: \"object\": "
                + (why.startsWith("no such overload")
                        ? "'" + why + "'" + NO_OVERLOAD + failed.expression()
                        : why + " evaluating rule: " + failed.expression());
    }

    @OnBoth
    void whatIsNoExpressionIsToldAtItsPlace(Server server) {
        for (CelCases.Case refused : CelCases.blocks("refused")) {
            List<String> causes = Causes.of(CelCases.defined(server, CelCases.rule(refused.expression())));

            String told = refused.told().getFirst();
            assertThat(causes)
                    .as(refused.expression())
                    .singleElement()
                    .asString()
                    .endsWith(told.startsWith("cel ") ? told : CelCases.compilation(refused));
        }
    }

    @OnBoth
    void whatWasBeforeMayBeNone(Server server) {
        String plural = Crds.define(
                server,
                "cel",
                CelCases.schema(List.of("{rule: 'oldSelf.?i.orValue(1) <= self.i', optionalOldSelf: true,"
                        + " messageExpression: \"'was %s'.format([oldSelf.?i.orValue(5)])\"}")),
                "");
        String path = server.path(Crds.GROUP + "/v1", plural);

        Answer low = server.api().post(path, Crds.object(plural, "a", "{i: 0}"));
        Causes.refused(low, "spec: ", "Invalid value: failed rule: oldSelf.?i.orValue(1) <= self.i");
        server.api().post(path, Crds.object(plural, "a", "{i: 2}")).expect(201);
        Causes.refused(server.api().merge(path + "/a", "spec: {i: 1}"), "spec: ", "Invalid value: was 2");
        server.api().merge(path + "/a", "spec: {i: 3}").expect(200);
    }

    @OnBoth
    void whatWasBeforeIsAskedForWhereThereIsSomething(Server server) {
        String rules = "spec.validation.openAPIV3Schema.properties[spec]";
        for (boolean flag : new boolean[] {true, false}) {
            Causes.refused(
                    CelCases.defined(server, "{rule: self.i > 1, optionalOldSelf: " + flag + "}"),
                    rules,
                    ".x-kubernetes-validations[0].optionalOldSelf: Invalid value: " + flag
                            + ": may not be set if oldSelf is not used in rule");
        }
        Causes.refused(
                CelCases.defined(
                        server,
                        "lo: {type: array, maxItems: 5, items: {type: object, properties: {a: {type: integer}},"
                                + " x-kubernetes-validations: [{rule: self.a >= oldSelf.a}]}}",
                        "{rule: 'true'}"),
                rules + ".properties[lo]",
                ".items.x-kubernetes-validations[0].rule: Invalid value: \"self.a >= oldSelf.a\": oldSelf cannot be used on"
                        + " the uncorrelatable portion of the schema within " + rules + ".properties[lo]");
    }

    @OnBoth
    void whatStaysMayBreakARuleThatIsNew(Server server) {
        String plural = Crds.define(server, "cel", CelCases.schema(List.of("{rule: 'true'}")), "");
        String path = server.path(Crds.GROUP + "/v1", plural);
        String definition = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/" + plural + "." + Crds.GROUP;
        server.api().post(path, Crds.object(plural, "a", "{i: 1, o: {'n': 1}}")).expect(201);
        server.api()
                .operations(
                        definition,
                        "[{op: replace, path: /spec/versions/0/schema/openAPIV3Schema/properties/spec/properties/o/"
                                + "properties/n, value: {type: integer, x-kubernetes-validations: [{rule: self > 5}]}}]")
                .expect(200);
        server.await(
                path + "/a",
                "the rule is in force",
                _ -> server.api()
                                .merge(path + "/a?dryRun=All", "spec: {o: {'n': 2}}")
                                .code()
                        == 422);

        server.api().merge(path + "/a", "spec: {i: 2}").expect(200);
        Causes.refused(
                server.api().merge(path + "/a", "spec: {o: {'n': 3}}"),
                "spec.o.n: ",
                "Invalid value: 3: failed rule: self > 5");
    }

    @OnBoth
    void fieldsHaveTheTypesOfTheirFormats(Server server) {
        String plural = Crds.define(
                server, "cel", CelCases.schema("""
                        x: {x-kubernetes-int-or-string: true, x-kubernetes-validations: [
                          {rule: "type(self) == int ? self < 5 : self.endsWith('%')"}, {rule: self < 9}]},
                        a: {type: string, nullable: true, maxLength: 5, x-kubernetes-validations: [{rule: "self == 'b'"}]},
                        du: {type: string, format: duration, x-kubernetes-validations: [{rule: "self < duration('1h')"}]},
                        any: {type: object, x-kubernetes-preserve-unknown-fields: true},
                        in: {type: integer},
                        mm: {type: object, maxProperties: 5, additionalProperties:
                          {type: integer, x-kubernetes-validations: [{rule: self > 1}]}}
                        """, List.of("{rule: '!has(self.__in__) || self.__in__ > 1'}")), "");
        String path = server.path(Crds.GROUP + "/v1", plural) + "?dryRun=All";

        for (String[] one : new String[][] {
            {"x: 7", "spec.x: Invalid value: 7: failed rule: type(self) == int ? self < 5 : self.endsWith('%')"},
            {
                "x: 5%",
                "spec.x: Invalid value: \"\": 'no such overload': call arguments did not match a supported operator,"
                        + " function or macro signature for rule: self < 9"
            },
            {"a: c", "spec.a: Invalid value: \"c\": failed rule: self == 'b'"},
            {"du: 2h", "spec.du: Invalid value: \"2h\": failed rule: self < duration('1h')"},
            {"in: 1", "spec: Invalid value: failed rule: !has(self.__in__) || self.__in__ > 1"},
            {"mm: {a: 1, b: 2}", "spec.mm[a]: Invalid value: 1: failed rule: self > 1"}
        }) {
            Answer refused = server.api().post(path, Crds.object(plural, "a", "{" + one[0] + "}"));
            assertThat(Causes.of(refused)).as(one[0]).containsExactly(one[1]);
        }
        server.api()
                .post(path, Crds.object(plural, "a", "{x: 3, a: null, du: 3m, any: {z: 1}, in: 2}"))
                .expect(201);
    }

    @OnBoth
    void anObjectWithinAnObjectHasANameAndAKind(Server server) {
        String plural = Crds.define(
                server,
                "cel",
                CelCases.schema(
                        "e: {type: object, x-kubernetes-embedded-resource: true, x-kubernetes-preserve-unknown-fields: true,"
                                + " x-kubernetes-validations: [{rule: \"self.kind == 'A' && self.metadata.name != 'x'\"}]}",
                        List.of("{rule: \"self.e.metadata.name != 'p'\"}")),
                "");
        String path = server.path(Crds.GROUP + "/v1", plural) + "?dryRun=All";
        String object = "{e: {apiVersion: v1, kind: A, metadata: {name: %s}, z: 1}}";

        server.api().post(path, Crds.object(plural, "a", object.formatted("q"))).expect(201);
        Causes.refused(
                server.api().post(path, Crds.object(plural, "a", object.formatted("x"))),
                "spec",
                ".e: Invalid value: failed rule: self.kind == 'A' && self.metadata.name != 'x'");
        Causes.refused(
                server.api().post(path, Crds.object(plural, "a", object.formatted("p"))),
                "spec",
                ": Invalid value: failed rule: self.e.metadata.name != 'p'");
        Answer unknown = CelCases.defined(server, "{rule: self.metadata.name == 'x'}");
        assertThat(unknown.refused(422, "Invalid").message()).contains("undefined field 'metadata'");
    }

    @OnBoth
    void aMessageIsOneLineOfText(Server server) {
        assertThat(told(
                        server,
                        List.of(
                                "{rule: self.i > 5, messageExpression: \"' '\"}",
                                "{rule: self.i > 6, messageExpression: \"'a\\\\nb'\", message: plain}",
                                "{rule: self.i > 7, messageExpression: \"self.m['x']\"}",
                                "{rule: self.i > 8, reason: FieldValueForbidden, fieldPath: .o.a}",
                                "{rule: \"self.s == self.m.q\", message: ' named '}")))
                .containsExactly(
                        "Invalid value: failed rule: self.i > 5",
                        "Invalid value: plain",
                        "Invalid value: failed rule: self.i > 7",
                        "Forbidden: failed rule: self.i > 8",
                        "Invalid value: \"object\": no such key: q evaluating rule: named");
        assertThat(Causes.of(CelCases.defined(server, "{rule: self.i > 5, messageExpression: self.i}")))
                .singleElement()
                .asString()
                .endsWith("messageExpression must evaluate to a string");
        assertThat(Causes.of(CelCases.defined(server, "{rule: self.i > 5, messageExpression: \"string(int('x'))\"}")))
                .singleElement()
                .asString()
                .endsWith("messageExpression instantiation failed: type conversion error from 'string' to 'int'");
    }
}
