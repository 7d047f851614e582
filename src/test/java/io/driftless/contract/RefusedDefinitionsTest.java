package io.driftless.contract;

import static org.assertj.core.api.Assertions.assertThat;

/// What makes definitions of kinds invalid, and what a new one says of itself. None of them is made: all are dry runs.
class RefusedDefinitionsTest {
    private static final String PATH = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions?dryRun=All";
    private static final String SCHEMA = "spec.validation.openAPIV3Schema.properties[spec]";

    private static Answer posted(Server server, String names, String version, String schema) {
        return server.api().post(PATH, """
                metadata: {name: things.refused.example.com}
                spec:
                  group: refused.example.com
                  scope: Namespaced
                  names: {plural: things, kind: Thing%s}
                  versions:
                  - {name: v1, served: true, storage: true%s, schema: {openAPIV3Schema: {type: object, properties: {spec: %s}}}}
                """.formatted(names, version, schema));
    }

    @OnBoth
    void aNewDefinitionHasNoNamesYet(Server server) {
        Answer made = posted(server, "", "", "{type: object}").expect(201);

        assertThat(made.at("/status").toString())
                .isEqualTo("{\"conditions\":null,\"acceptedNames\":{\"plural\":\"\",\"kind\":\"\"},"
                        + "\"storedVersions\":[\"v1\"]}");
        assertThat(made.at("/spec/names/singular").asText()).isEqualTo("thing");
    }

    @OnBoth
    void namesAreLabels(Server server) {
        assertThat(posted(server, ", shortNames: [T], categories: [a b], listKind: Thing", "", "{type: object}")
                        .refused(422, "Invalid")
                        .at("/details/causes")
                        .findValuesAsText("field"))
                .containsExactly("spec.names.shortNames[0]", "spec.names.listKind", "spec.names.categories[0]");
    }

    @OnBoth
    void columnsAndSubresourcesPointIntoTheObject(Server server) {
        Causes.refused(
                posted(
                        server,
                        "",
                        ", deprecationWarning: w, additionalPrinterColumns: [{name: A, type: some, jsonPath: spec.a}],"
                                + " subresources: {scale: {specReplicasPath: .status.r, statusReplicasPath: .status.r}},"
                                + " selectableFields: [{jsonPath: .spec.b}]",
                        "{type: object}"),
                "spec.",
                "versions[0].deprecationWarning: Invalid value: \"w\": can only be set for deprecated versions",
                "subresources.scale.specReplicasPath: Invalid value: \".status.r\": should be a json path under .spec",
                "additionalPrinterColumns[0].type: Invalid value: \"some\": must be one of"
                        + " boolean,date,integer,number,string",
                "additionalPrinterColumns[0].JSONPath: Invalid value: \"spec.a\": must be a simple json path starting"
                        + " with .",
                "selectableFields[0].jsonPath: Invalid value: \".spec.b\": is an invalid path: does not refer to a valid"
                        + " field");
    }

    @OnBoth
    void aSchemaIsStructural(Server server) {
        Causes.refused(
                posted(
                        server,
                        "",
                        "",
                        "{type: object, properties: {a: {}, b: {type: array}, c: {type: string, pattern: '('}}, allOf:"
                                + " [{title: t}]}"),
                SCHEMA,
                ".allOf[0].title: Forbidden: must be empty to be structural",
                ".properties[a].type: Required value: must not be empty for specified object fields",
                ".properties[b].items: Required value: must be specified",
                ".properties[c].pattern: Invalid value: \"(\": must be a valid regular expression, but isn't: error"
                        + " parsing regexp: missing closing ): `(`");
        Causes.refused(
                posted(server, "", "", "{type: object, definitions: {a: {type: string}}}"),
                SCHEMA,
                ".definitions: Forbidden: definitions is not supported");
        Causes.refused(
                posted(server, "", "", "{type: object, properties: {a: {type: string}}, additionalProperties: false}"),
                SCHEMA,
                ".additionalProperties: Forbidden: additionalProperties and properties are mutual exclusive");
    }

    @OnBoth
    void listsSayWhatTheyAreMergedBy(Server server) {
        Causes.refused(
                posted(
                        server,
                        "",
                        "",
                        "{type: array, x-kubernetes-list-type: map, x-kubernetes-list-map-keys: [m], items: {type: object}}"),
                SCHEMA,
                ".x-kubernetes-list-map-keys: Invalid value: [\"m\"]: entries must all be names of item properties");
        Causes.refused(
                posted(server, "", "", "{type: array, x-kubernetes-list-type: set, items: {type: object}}"),
                SCHEMA,
                ".items.x-kubernetes-map-type: Invalid value: null: must be atomic as item of a list with"
                        + " x-kubernetes-list-type=set");
    }

    @OnBoth
    void rulesAreReadByTheTypesOfTheirFields(Server server) {
        for (String[] rule : new String[][] {
            {"self.b == 'x'", ":1:5: undefined field 'b'"},
            {"self.a == 1", ":1:8: found no matching overload for '_==_' applied to '(string, int)'"},
            {"x", ":1:1: undeclared reference to 'x' (in container '')"},
            {"foo(self.a)", ":1:4: undeclared reference to 'foo' (in container '')"},
            {"self.a", "cel expression must evaluate to a bool"}
        }) {
            Answer refused = posted(
                            server,
                            "",
                            "",
                            "{type: object, properties: {a: {type: string}}, x-kubernetes-validations: [{rule: \""
                                    + rule[0] + "\"}]}")
                    .refused(422, "Invalid");

            assertThat(refused.message()).contains(rule[1]).contains("{\"Rule\":\"" + rule[0] + "\",\"Message\":\"\"");
        }
    }

    @OnBoth
    void aConversionSaysWhereItsWebhookIs(Server server) {
        Answer refused = server.api()
                .merge(
                        PATH.replace("?", "/" + Crds.define(server, "converted", "") + "." + Crds.GROUP + "?"),
                        "spec: {conversion: {strategy: Webhook, webhook: {clientConfig: {url: 'http://x'},"
                                + " conversionReviewVersions: [v9]}}}");

        Causes.refused(
                refused,
                "spec.conversion.",
                "webhookClientConfig.url: Invalid value: \"http\": 'https' is the only allowed URL scheme; desired format:"
                        + " https://host[/path]",
                "conversionReviewVersions: Invalid value: [\"v9\"]: must include at least one of v1, v1beta1");
    }
}
