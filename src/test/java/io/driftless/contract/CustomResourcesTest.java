package io.driftless.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/// Kinds that are defined by a schema: defaults, validation, pruning, and the definition itself.
class CustomResourcesTest {
    private static final String CRDS = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";

    @OnBoth
    void aDefinitionBecomesEstablished(Server server) {
        String plural = Crds.define(server, "firsts", "");

        Answer crd = server.api().get(CRDS + "/" + plural + "." + Crds.GROUP).expect(200);

        assertThat(Conditions.of(crd.body(), "NamesAccepted").path("reason").asText())
                .isEqualTo("NoConflicts");
        assertThat(Conditions.of(crd.body(), "Established").path("reason").asText())
                .isEqualTo("InitialNamesAccepted");
        assertThat(crd.text("/status/acceptedNames/kind")).isEqualTo(Crds.kind(plural));
        assertThat(crd.text("/status/storedVersions/0")).isEqualTo("v1");
        assertThat(crd.text("/spec/conversion/strategy")).isEqualTo("None");
    }

    @OnBoth
    void aDefinitionWithoutASoundSchemaIsRefused(Server server) {
        String sound = Crds.definition("unsounds", Crds.SIZE, "");
        server.api()
                .post(CRDS, sound.replace("name: unsounds.", "name: other."))
                .refused(422, "Invalid");
        server.api()
                .post(CRDS, sound.replace(", schema: {openAPIV3Schema: {" + Crds.SIZE + "}}", ""))
                .refused(422, "Invalid");
        server.api().post(CRDS, sound.replace("type: integer", "type: whole")).refused(422, "Invalid");
        server.api()
                .post(CRDS, sound.replace("{type: integer}", "{type: integer, default: large}"))
                .refused(422, "Invalid");
        server.api()
                .post(CRDS, sound.replace("storage: true", "storage: false"))
                .refused(422, "Invalid");
        server.api().get(CRDS + "/unsounds." + Crds.GROUP).refused(404, "NotFound");
    }

    @OnBoth
    void defaultsOfTheSchemaAreFilledIn(Server server) {
        String plural = Crds.define(
                server,
                "defaults",
                "type: object, properties: {spec: {type: object, default: {}, properties: {size: {type: integer, default: 3}, mode: {type: string, default: auto}, "
                        + "nested: {type: object, properties: {active: {type: boolean, default: true}}}, parts: {type: array, items: {type: object, properties: {weight: {type: integer, default: 1}}}}}}}",
                "");
        String path = server.path(Crds.GROUP + "/v1", plural);

        Answer bare = server.api()
                .post(path, "{apiVersion: " + Crds.GROUP + "/v1, kind: " + Crds.kind(plural) + ", metadata: {name: a}}")
                .expect(201);
        assertThat(bare.at("/spec/size").asInt()).isEqualTo(3);
        assertThat(bare.text("/spec/mode")).isEqualTo("auto");
        assertThat(bare.at("/spec").has("nested")).isFalse();

        Answer some = server.api()
                .post(path, Crds.object(plural, "b", "{size: 5, nested: {}, parts: [{}, {weight: 2}]}"))
                .expect(201);
        assertThat(some.at("/spec/size").asInt()).isEqualTo(5);
        assertThat(some.at("/spec/nested/active").asBoolean()).isTrue();
        assertThat(some.at("/spec/parts").toString()).isEqualTo("[{\"weight\":1},{\"weight\":2}]");
        Answer applied = server.api()
                .apply(path + "/c?fieldManager=one", Crds.object(plural, "c", "{size: 4}"))
                .expect(201);
        assertThat(applied.text("/spec/mode")).isEqualTo("auto");
        assertThat(applied.at("/metadata/managedFields/0/fieldsV1").toString())
                .as("defaults belong to nobody")
                .isEqualTo("{\"f:spec\":{\"f:size\":{}}}");
    }

    @OnBoth
    void whatTheSchemaForbidsIsRefusedByName(Server server) {
        String plural = Crds.define(
                server,
                "valids",
                "type: object, required: [spec], properties: {spec: {type: object, required: [size], properties: {size: {type: integer, minimum: 1, maximum: 9}, "
                        + "mode: {type: string, enum: [auto, manual]}, name: {type: string, pattern: \"^[a-z]+$\", maxLength: 5}, list: {type: array, maxItems: 2, items: {type: string}}, "
                        + "either: {x-kubernetes-int-or-string: true}, none: {type: string, nullable: true}}}}",
                "");
        String path = server.path(Crds.GROUP + "/v1", plural);

        Answer bad = server.api()
                .post(
                        path,
                        Crds.object(plural, "a", "{size: 10, mode: fast, name: Capital, list: [a, b, c], either: [1]}"))
                .refused(422, "Invalid");
        assertThat(bad.at("/details/causes").findValuesAsText("field"))
                .contains("spec.size", "spec.mode", "spec.name", "spec.list", "spec.either");
        assertThat(bad.message())
                .contains(
                        "spec.size in body should be less than or equal to 9",
                        "supported values: \"auto\", \"manual\"");
        assertThat(server.api()
                        .post(path, Crds.object(plural, "a", "{}"))
                        .refused(422, "Invalid")
                        .message())
                .contains("spec.size: Required value");
        assertThat(server.api()
                        .post(path, Crds.object(plural, "a", "{size: large}"))
                        .refused(422, "Invalid")
                        .message())
                .contains("spec.size in body must be of type integer: \"string\"");
        server.api()
                .post(path, Crds.object(plural, "a", "{size: 1, either: 80%, none: null}"))
                .expect(201);
        server.api().merge(path + "/a", "spec: {size: 0}").refused(422, "Invalid");
        server.api()
                .apply(path + "/a?fieldManager=one&force=true", Crds.object(plural, "a", "{size: 0}"))
                .expect(422);
        server.api().merge(path + "/a", "spec: {either: 3}").expect(200);
    }

    @OnBoth
    void rulesOfTheSchemaAreKept(Server server) {
        String plural = Crds.define(
                server,
                "rules",
                "type: object, properties: {spec: {type: object, x-kubernetes-validations: [{rule: \"self.min <= self.max\", message: min is above max}], "
                        + "properties: {min: {type: integer}, max: {type: integer}}}}",
                "");
        String path = server.path(Crds.GROUP + "/v1", plural);

        Answer bad = server.api()
                .post(path, Crds.object(plural, "a", "{min: 2, max: 1}"))
                .refused(422, "Invalid");

        assertThat(bad.message()).contains("min is above max");
        server.api().post(path, Crds.object(plural, "a", "{min: 1, max: 2}")).expect(201);
    }

    @OnBoth
    void whatTheSchemaDoesNotKnowIsPruned(Server server) {
        String plural = Crds.define(
                server,
                "pruneds",
                "type: object, properties: {spec: {type: object, properties: {size: {type: integer}, free: {type: object, x-kubernetes-preserve-unknown-fields: true}, "
                        + "map: {type: object, additionalProperties: {type: string}}}}}",
                "");
        String path = server.path(Crds.GROUP + "/v1", plural);

        Answer made = server.api()
                .post(
                        path,
                        Crds.object(plural, "a", "{size: 1, other: 2, free: {any: [thing]}, map: {a: b}}, extra: 1"))
                .expect(201);

        assertThat(made.at("/spec").toString())
                .isEqualTo("{\"free\":{\"any\":[\"thing\"]},\"map\":{\"a\":\"b\"},\"size\":1}");
        assertThat(made.body().has("extra")).isFalse();
        Answer strict = server.api()
                .post(path + "?fieldValidation=Strict", Crds.object(plural, "b", "{size: 1, other: 2}"))
                .refused(400, "BadRequest");
        assertThat(strict.message()).contains("unknown field \"spec.other\"");
        Answer warned = server.api()
                .post(path + "?fieldValidation=Warn", Crds.object(plural, "b", "{size: 1, other: 2}"))
                .expect(201);
        assertThat(warned.header("Warning")).contains("unknown field \\\"spec.other\\\"");
        assertThat(server.api()
                        .merge(path + "/a", "spec: {other: 3}")
                        .expect(200)
                        .at("/spec")
                        .has("other"))
                .isFalse();
    }

    @OnBoth
    void listsAreMergedByTheKeysOfTheSchema(Server server) {
        String plural = Crds.define(
                server,
                "keyeds",
                "type: object, properties: {spec: {type: object, properties: {parts: {type: array, x-kubernetes-list-type: map, x-kubernetes-list-map-keys: [name], "
                        + "items: {type: object, required: [name], properties: {name: {type: string}, size: {type: integer}}}}, "
                        + "tags: {type: array, x-kubernetes-list-type: set, items: {type: string}}, plain: {type: array, items: {type: string}}}}}",
                "");
        String path = server.path(Crds.GROUP + "/v1", plural);
        server.api()
                .apply(
                        path + "/a?fieldManager=one",
                        Crds.object(plural, "a", "{parts: [{name: x, size: 1}], tags: [a], plain: [a]}"))
                .expect(201);

        Answer both = server.api()
                .apply(
                        path + "/a?fieldManager=two",
                        Crds.object(plural, "a", "{parts: [{name: z, size: 2}], tags: [b]}"))
                .expect(200);

        assertThat(both.at("/spec/parts").findValuesAsText("name")).containsExactly("x", "z");
        assertThat(both.at("/spec/tags").toString()).isEqualTo("[\"a\",\"b\"]");
        server.api()
                .apply(path + "/a?fieldManager=two", Crds.object(plural, "a", "{plain: [b]}"))
                .refused(409, "Conflict");
        server.api().merge(path + "/a", "spec: {parts: [{name: x}, {name: x}]}").refused(422, "Invalid");
        server.api().merge(path + "/a", "spec: {tags: [a, a]}").refused(422, "Invalid");
    }

    @OnBoth
    void columnsOfTheDefinitionAreShown(Server server) {
        String plural = Crds.define(
                server,
                "columns",
                "additionalPrinterColumns: [{name: Size, type: integer, jsonPath: .spec.size, description: how large}, {name: Wide, type: string, jsonPath: .spec.none, priority: 1}]");
        server.api()
                .post(server.path(Crds.GROUP + "/v1", plural), Crds.object(plural, "a", "{size: 3}"))
                .expect(201);

        Answer table = server.api()
                .with("Accept", "application/json;as=Table;v=v1;g=meta.k8s.io")
                .get(server.path(Crds.GROUP + "/v1", plural))
                .expect(200);

        assertThat(table.at("/columnDefinitions").findValuesAsText("name")).containsExactly("Name", "Size", "Wide");
        assertThat(table.at("/columnDefinitions/2/priority").asInt()).isEqualTo(1);
        assertThat(table.at("/rows/0/cells").toString()).isEqualTo("[\"a\",3,null]");

        String plain = Crds.define(server, "plaincolumns", "");
        Answer without = server.api()
                .with("Accept", "application/json;as=Table;v=v1;g=meta.k8s.io")
                .get(server.path(Crds.GROUP + "/v1", plain))
                .expect(200);
        assertThat(without.at("/columnDefinitions").findValuesAsText("name")).containsExactly("Name", "Age");
    }

    @OnBoth
    void severalVersionsShowTheSameObject(Server server) {
        String plural = Crds.define(server, "versions", "");
        String crd = CRDS + "/" + plural + "." + Crds.GROUP;
        server.api()
                .operations(
                        crd,
                        "[{op: add, path: /spec/versions/-, value: {name: v2, served: true, storage: false, schema: {openAPIV3Schema: {"
                                + Crds.SIZE + "}}}}]")
                .expect(200);
        server.await(server.path(Crds.GROUP + "/v2", plural), "v2 is served", body -> body.has("items"));
        Answer made = server.api()
                .post(server.path(Crds.GROUP + "/v1", plural), Crds.object(plural, "a", "{size: 1}"))
                .expect(201);

        Answer other =
                server.api().get(server.path(Crds.GROUP + "/v2", plural + "/a")).expect(200);

        assertThat(other.text("/apiVersion")).isEqualTo(Crds.GROUP + "/v2");
        assertThat(other.uid()).isEqualTo(made.uid());
        assertThat(other.version()).isEqualTo(made.version());
        server.await(
                "/apis/" + Crds.GROUP,
                "the higher version is preferred",
                body -> body.at("/preferredVersion/version").asText().equals("v2"));
    }

    @OnBoth
    void whereStatusIsNoSubresourceItIsAPartThatCounts(Server server) {
        String schema = "type: object, properties: {spec: {type: object, properties: {size: {type: integer}}},"
                + " status: {type: object, properties: {seen: {type: integer}}}}";
        String whole = Crds.define(server, "wholes", schema, "");
        String apart = Crds.define(server, "aparts", schema, "subresources: {status: {}}");
        for (String plural : List.of(whole, apart)) {
            server.api()
                    .post(server.path(Crds.GROUP + "/v1", plural), Crds.object(plural, "a", "{size: 1}"))
                    .expect(201);
        }

        Answer seen = server.api()
                .merge(server.path(Crds.GROUP + "/v1", whole + "/a"), "status: {seen: 1}")
                .expect(200);
        assertThat(seen.at("/status/seen").asInt()).isEqualTo(1);
        assertThat(seen.at("/metadata/generation").asInt()).isEqualTo(2);

        Answer ignored = server.api()
                .merge(server.path(Crds.GROUP + "/v1", apart + "/a"), "status: {seen: 1}")
                .expect(200);
        assertThat(ignored.at("/status").has("seen")).isFalse();
        assertThat(ignored.at("/metadata/generation").asInt()).isEqualTo(1);
    }

    @OnBoth
    void objectsGoWithTheirDefinition(Server server) {
        String plural = Crds.define(server, "goners", "");
        String path = server.path(Crds.GROUP + "/v1", plural);
        server.api().post(path, Crds.object(plural, "a", "{size: 1}")).expect(201);

        Answer deleted =
                server.api().delete(CRDS + "/" + plural + "." + Crds.GROUP).expect(200);

        assertThat(deleted.text("/metadata/finalizers/0")).isEqualTo("customresourcecleanup.apiextensions.k8s.io");
        server.awaitGone(CRDS + "/" + plural + "." + Crds.GROUP);
        server.await("it is not served", () -> server.api().get(path).code() == 404);
        server.api().post(CRDS, Crds.definition(plural, Crds.SIZE, "")).expect(201);
        Crds.awaitServed(server, plural);
        assertThat(server.api().get(path).names()).isEmpty();
    }

    @OnBoth
    void clusterWideKindsHaveNoNamespace(Server server) {
        String plural = "wides" + Long.toString(System.nanoTime(), 36);
        server.api()
                .post(CRDS, Crds.definition(plural, Crds.SIZE, "").replace("scope: Namespaced", "scope: Cluster"))
                .expect(201);
        String path = "/apis/" + Crds.GROUP + "/v1/" + plural;
        server.await(path, "it is served", body -> body.has("items"));

        Answer made =
                server.api().post(path, Crds.object(plural, "a", "{size: 1}")).expect(201);

        assertThat(made.at("/metadata").has("namespace")).isFalse();
        server.api().get(server.path(Crds.GROUP + "/v1", plural)).expect(404);
    }

    @OnBoth
    void twoDefinitionsCannotHaveTheSameKind(Server server) {
        String plural = Crds.define(server, "kinds", "");
        String second = "second" + plural;
        server.api()
                .post(
                        CRDS,
                        Crds.definition(second, Crds.SIZE, "")
                                .replace("kind: " + Crds.kind(second), "kind: " + Crds.kind(plural)))
                .expect(201);

        server.await(
                CRDS + "/" + second + "." + Crds.GROUP,
                "its names are not accepted",
                crd -> Conditions.is(crd, "NamesAccepted", "False"));
        server.api().get(server.path(Crds.GROUP + "/v1", second)).expect(404);
    }
}
