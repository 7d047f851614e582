package io.driftless.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/// Writes that few people send: what is empty, named twice, or without a version.
class OddWritesTest {
    private static final String WARNING = "Warning";

    private static String deployment(Server server, String pod) {
        server.make(
                "apps/v1",
                "deployments",
                "a",
                "replicas: 0, selector: {matchLabels: {app: a}}, template: {metadata: {labels: {app: a}}, spec: {" + pod
                        + "}}");
        return server.path("apps/v1", "deployments/a");
    }

    private static long generation(Server server, String path, String spec) {
        return server.api()
                .merge(path, "spec: " + spec)
                .expect(200)
                .at("/metadata/generation")
                .asLong();
    }

    @OnBoth
    void listsThatHoldNothingCountInPoliciesOfTheNetwork(Server server) {
        server.make("networking.k8s.io/v1", "networkpolicies", "a", "podSelector: {}");
        String path = server.path("networking.k8s.io/v1", "networkpolicies/a");

        assertThat(generation(server, path, "{ingress: []}")).isEqualTo(2);
        assertThat(generation(server, path, "{ingress: []}")).isEqualTo(3);
        assertThat(generation(server, path, "{policyTypes: []}")).isEqualTo(3);
        assertThat(generation(server, path, "{ingress: null}")).isEqualTo(3);
        assertThat(generation(server, path, "{ingress: [{from: [], ports: []}]}"))
                .isEqualTo(4);
        assertThat(server.api().get(path).at("/spec"))
                .isEqualTo(Api.yaml("{podSelector: {}, policyTypes: [Ingress], ingress: [{}]}"));
    }

    @OnBoth
    void aLinkToItselfIsShownWhereNothingIsStored(Server server) {
        String path = server.core("configmaps/a");
        server.api()
                .post(server.core("configmaps"), "metadata: {name: a, selfLink: x}")
                .expect(201);

        assertThat(server.api()
                        .merge(path + "?dryRun=All", "metadata: {selfLink: other}")
                        .expect(200)
                        .text("/metadata/selfLink"))
                .isEqualTo("other");
        assertThat(server.api()
                        .merge(path, "metadata: {selfLink: other}")
                        .expect(200)
                        .at("/metadata")
                        .has("selfLink"))
                .isFalse();
    }

    @OnBoth
    void whatIsPatchedToNoVersionHasNoName(Server server) {
        String path = server.core("configmaps/a");
        server.api()
                .post(server.core("configmaps"), "{metadata: {name: a}, data: {k: v}}")
                .expect(201);

        for (String none : List.of("''", "null")) {
            Answer refused = server.api().merge(path, "apiVersion: " + none).refused(400, "BadRequest");
            assertThat(refused.message())
                    .isEqualTo("the name of the object (a based on URL) was undeterminable: name must be provided");
            assertThat(refused.headers().allValues(WARNING))
                    .containsExactly(
                            "299 - \"unknown field \\\"data\\\"\"", "299 - \"unknown field \\\"metadata\\\"\"");
        }
        server.api().strategic(path, "apiVersion: ''").expect(200);
    }

    @OnBoth
    void itemsOfTheSameNameHaveOneOwner(Server server) {
        String path = deployment(
                server,
                "containers: [{name: c, image: i, env: [{name: A, value: a}, {name: B, value: b}, {name: A, value: c}]}],"
                        + " imagePullSecrets: [{}]");

        Answer made = server.api().get(path);

        String env =
                "/metadata/managedFields/0/fieldsV1/f:spec/f:template/f:spec/f:containers/k:{\"name\":\"c\"}/f:env";
        assertThat(made.at(env))
                .isEqualTo(
                        Api.yaml(
                                "{'.': {}, 'k:{\"name\":\"A\"}': {}, 'k:{\"name\":\"B\"}': {'.': {}, 'f:name': {}, 'f:value': {}}}"));
        assertThat(made.at("/metadata/managedFields/0/fieldsV1/f:spec/f:template/f:spec/f:imagePullSecrets"))
                .isEqualTo(Api.yaml("{'.': {}, 'k:{\"name\":\"\"}': {}}"));
    }

    @OnBoth
    void aTemplateIsSpokenOfWhereItsWorkloadChanges(Server server) {
        String path = deployment(
                server, "containers: [{name: c, image: i, env: [{name: A, value: a}, {name: A, value: c}]}]");

        assertThat(server.api()
                        .merge(path, "spec: {minReadySeconds: 1}")
                        .expect(200)
                        .headers()
                        .allValues(WARNING))
                .hasSize(1);
        assertThat(server.api()
                        .merge(path, "metadata: {labels: {a: b}}")
                        .expect(200)
                        .headers()
                        .allValues(WARNING))
                .isEmpty();
    }

    @OnBoth
    void onlyABalancerHasAddressesOfBalancers(Server server) {
        server.api()
                .post(server.core("services"), "{metadata: {name: a}, spec: {ports: [{port: 80}]}}")
                .expect(201);

        Causes.refused(
                server.api()
                        .merge(server.core("services/a/status"), "status: {loadBalancer: {ingress: [{ip: 1.2.3.4}]}}"),
                "status.loadBalancer.ingress: ",
                "Forbidden: may only be used when `spec.type` is 'LoadBalancer'");
        server.api()
                .merge(server.core("services/a"), "spec: {type: LoadBalancer}")
                .expect(200);
        server.api()
                .merge(server.core("services/a/status"), "status: {loadBalancer: {ingress: [{ip: 1.2.3.4}]}}")
                .expect(200);
    }
}
