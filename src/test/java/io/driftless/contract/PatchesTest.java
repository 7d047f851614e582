package io.driftless.contract;

import static org.assertj.core.api.Assertions.assertThat;

/// JSON patch, merge patch, strategic merge patch.
class PatchesTest {
    @OnBoth
    void aMergePatchSetsReplacesAndRemoves(Server server) {
        String path = server.core("configmaps/a");
        server.api()
                .post(
                        server.core("configmaps"),
                        "{metadata: {name: a, finalizers: [example.com/x, example.com/y]}, data: {k: v, l: v}}")
                .expect(201);

        Answer patched = server.api()
                .merge(path, "{metadata: {finalizers: [example.com/z]}, data: {k: null, l: w, m: o}}")
                .expect(200);

        assertThat(patched.at("/data").toString()).isEqualTo("{\"l\":\"w\",\"m\":\"o\"}");
        assertThat(patched.at("/metadata/finalizers").toString()).isEqualTo("[\"example.com/z\"]");
        server.api().merge(server.core("configmaps/none"), "data: {k: v}").refused(404, "NotFound");
        server.api().merge(path, "data: {k: [1]}").refused(422, "Invalid");
        server.api().merge(path, "metadata: {name: other}").refused(400, "BadRequest");
    }

    @OnBoth
    void operationsAreDoneInOrderOrNotAtAll(Server server) {
        String path = server.core("configmaps/a");
        server.api()
                .post(server.core("configmaps"), "{metadata: {name: a}, data: {k: v, l: v}}")
                .expect(201);

        Answer done = server.api().operations(path, """
                        - {op: test, path: /data/k, value: v}
                        - {op: replace, path: /data/k, value: w}
                        - {op: add, path: /data/m, value: o}
                        - {op: copy, from: /data/m, path: /data/o}
                        - {op: move, from: /data/o, path: /data/p}
                        - {op: remove, path: /data/l}
                        - {op: add, path: /metadata/annotations, value: {example.com/a: b}}
                        - {op: replace, path: /metadata/annotations/example.com~1a, value: c}
                        """).expect(200);
        assertThat(done.at("/data").toString()).isEqualTo("{\"k\":\"w\",\"m\":\"o\",\"p\":\"o\"}");
        assertThat(done.at("/metadata/annotations").toString()).isEqualTo("{\"example.com/a\":\"c\"}");

        server.api()
                .operations(path, "[{op: replace, path: /data/k, value: x}, {op: test, path: /data/m, value: other}]")
                .refused(422, "Invalid");
        server.api().operations(path, "[{op: remove, path: /data/none}]").refused(422, "Invalid");
        server.api().operations(path, "{op: remove}").refused(400, "BadRequest");
        assertThat(server.api().get(path).body()).isEqualTo(done.body());
    }

    @OnBoth
    void anOperationReachesIntoLists(Server server) {
        String path = server.path("apps/v1", "deployments/a");
        server.api()
                .post(server.path("apps/v1", "deployments"), Manifests.deployment("a", "nginx:1"))
                .expect(201);

        Answer patched = server.api().operations(path, """
                        - {op: replace, path: /spec/template/spec/containers/0/image, value: "nginx:2"}
                        - {op: add, path: /spec/template/spec/containers/-, value: {name: side, image: "proxy:1"}}
                        """).expect(200);

        assertThat(patched.at("/spec/template/spec/containers").findValuesAsText("image"))
                .containsExactly("nginx:2", "proxy:1");
    }

    @OnBoth
    void aStrategicPatchMergesListsByTheirKeys(Server server) {
        String path = server.path("apps/v1", "deployments/a");
        server.api()
                .post(server.path("apps/v1", "deployments"), Manifests.deployment("a", "nginx:1"))
                .expect(201);

        Answer added = server.api().strategic(path, """
                        spec: {template: {spec: {containers: [
                          {name: side, image: "proxy:1", ports: [{containerPort: 1}, {containerPort: 2}]},
                          {name: main, env: [{name: A, value: "1"}, {name: B, value: "2"}]}]}}}
                        """).expect(200);
        assertThat(added.at("/spec/template/spec/containers").findValuesAsText("image"))
                .contains("nginx:1", "proxy:1");
        assertThat(added.at("/spec/template/spec/containers")).hasSize(2);

        Answer changed = server.api().strategic(path, """
                        spec: {template: {spec: {
                          $setElementOrder/containers: [{name: side}, {name: main}],
                          containers: [
                            {name: side, ports: [{$patch: replace}, {containerPort: 3}]},
                            {name: main, env: [{name: A, $patch: delete}, {name: B, value: "3"}]}]}}}
                        """).expect(200);
        assertThat(changed.at("/spec/template/spec/containers/0/name").asText()).isEqualTo("side");
        assertThat(changed.at("/spec/template/spec/containers/0/ports")).hasSize(1);
        assertThat(changed.at("/spec/template/spec/containers/0/ports/0/containerPort")
                        .asInt())
                .isEqualTo(3);
        assertThat(changed.at("/spec/template/spec/containers/1/env").toString())
                .isEqualTo("[{\"name\":\"B\",\"value\":\"3\"}]");

        Answer removed = server.api()
                .strategic(path, "spec: {template: {spec: {containers: [{name: side, $patch: delete}]}}}")
                .expect(200);
        assertThat(removed.at("/spec/template/spec/containers").findValuesAsText("image"))
                .containsExactly("nginx:1");
    }

    @OnBoth
    void aStrategicPatchKnowsKeepsAndPrimitiveLists(Server server) {
        String path = server.path("apps/v1", "deployments/a");
        server.api()
                .post(server.path("apps/v1", "deployments"), Manifests.deployment("a", "nginx:1"))
                .expect(201);

        Answer recreated = server.api()
                .strategic(path, "spec: {strategy: {$retainKeys: [type], type: Recreate}}")
                .expect(200);
        assertThat(recreated.at("/spec/strategy").toString()).isEqualTo("{\"type\":\"Recreate\"}");

        server.api().strategic(path, "metadata: {finalizers: [example.com/a]}").expect(200);
        server.api().strategic(path, "metadata: {finalizers: [example.com/b]}").expect(200);
        Answer one = server.api()
                .strategic(path, "metadata: {$deleteFromPrimitiveList/finalizers: [example.com/a]}")
                .expect(200);
        assertThat(one.at("/metadata/finalizers").toString()).isEqualTo("[\"example.com/b\"]");
    }

    @OnBoth
    void aCustomResourceHasNoStrategicPatch(Server server) {
        String plural = Crds.define(server, "strategics", "");
        String path = server.path(Crds.GROUP + "/v1", plural);
        server.api().post(path, Crds.object(plural, "a", "{size: 1}")).expect(201);

        server.api().strategic(path + "/a", "spec: {size: 2}").refused(415, "UnsupportedMediaType");
        assertThat(server.api()
                        .merge(path + "/a", "spec: {size: 2}")
                        .expect(200)
                        .at("/spec/size")
                        .asInt())
                .isEqualTo(2);
        assertThat(server.api()
                        .operations(path + "/a", "[{op: replace, path: /spec/size, value: 3}]")
                        .expect(200)
                        .at("/spec/size")
                        .asInt())
                .isEqualTo(3);
    }
}
