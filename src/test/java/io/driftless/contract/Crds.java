package io.driftless.contract;

import java.util.concurrent.ThreadLocalRandom;

/// Definitions of custom resources, each of another name, so that cases do not meet.
final class Crds {
    static final String GROUP = "contract.driftless.io";
    /// Schema of a spec with one whole number.
    static final String SIZE = "type: object, properties: {spec: {type: object, properties: {size: {type: integer}}}}";

    private Crds() {}

    /// Defines a namespaced kind whose spec has a `size`, waits until it is served, and returns its plural. `further`
    /// is said of version `v1`, such as `subresources: {status: {}}`.
    static String define(Server server, String stem, String further) {
        return define(server, stem, SIZE, further);
    }

    static String define(Server server, String stem, String schema, String further) {
        String plural = stem + Long.toString(ThreadLocalRandom.current().nextLong(36L * 36 * 36 * 36), 36);
        server.api()
                .post("/apis/apiextensions.k8s.io/v1/customresourcedefinitions", definition(plural, schema, further))
                .expect(201);
        awaitServed(server, plural);
        return plural;
    }

    static String definition(String plural, String schema, String further) {
        return """
                metadata: {name: %1$s.%2$s}
                spec:
                  group: %2$s
                  scope: Namespaced
                  names: {plural: %1$s, singular: one%1$s, kind: %3$s, listKind: %3$sList, shortNames: [s%1$s], categories: [c%1$s]}
                  versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {%4$s}}%5$s}]
                """.formatted(plural, GROUP, kind(plural), schema, further.isEmpty() ? "" : ", " + further);
    }

    static void awaitServed(Server server, String plural) {
        server.await(
                "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/" + plural + "." + GROUP,
                plural + " is established",
                crd -> Conditions.is(crd, "Established", "True") && Conditions.is(crd, "NamesAccepted", "True"));
        String list = server.path(GROUP + "/v1", plural);
        server.await(list, plural + " is served", body -> body.has("items"));
    }

    static String kind(String plural) {
        return "K" + plural;
    }

    static String object(String plural, String name, String spec) {
        return "{apiVersion: " + GROUP + "/v1, kind: " + kind(plural) + ", metadata: {name: " + name + "}, spec: "
                + spec + "}";
    }
}
