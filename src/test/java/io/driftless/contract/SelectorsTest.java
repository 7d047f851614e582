package io.driftless.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Which objects a list, a watch or a deletion is about: by labels and by fields.
class SelectorsTest {
    private static String encoded(String selector) {
        return URLEncoder.encode(selector, StandardCharsets.UTF_8);
    }

    private static String maps(Server server) {
        String maps = server.core("configmaps");
        server.api()
                .post(maps, "metadata: {name: a, labels: {app: x, tier: \"1\"}}")
                .expect(201);
        server.api().post(maps, "metadata: {name: b, labels: {app: v}}").expect(201);
        server.api()
                .post(maps, "metadata: {name: c, labels: {app: z, tier: \"2\"}}")
                .expect(201);
        server.api().post(maps, "metadata: {name: d}").expect(201);
        return maps;
    }

    private static List<String> by(Server server, String maps, String labels) {
        List<String> names = server.api()
                .get(maps + "?labelSelector=" + encoded(labels))
                .expect(200)
                .names();
        names.remove("kube-root-ca.crt");
        return names;
    }

    @OnBoth
    void labelsAreComparedInEveryWayThereIs(Server server) {
        String maps = maps(server);

        assertThat(by(server, maps, "app in (x, v)")).containsExactly("a", "b");
        assertThat(by(server, maps, "app notin (x,v)")).containsExactly("c", "d");
        assertThat(by(server, maps, "app")).containsExactly("a", "b", "c");
        assertThat(by(server, maps, "!app")).containsExactly("d");
        assertThat(by(server, maps, "app!=x")).containsExactly("b", "c", "d");
        assertThat(by(server, maps, "app==x,tier=1")).containsExactly("a");
        assertThat(by(server, maps, "tier>1")).containsExactly("c");
        assertThat(by(server, maps, "tier<2")).containsExactly("a");
        assertThat(by(server, maps, "app in ()")).isEmpty();
        assertThat(by(server, maps, "app=")).isEmpty();
        assertThat(by(server, maps, "")).containsExactly("a", "b", "c", "d");
    }

    @OnBoth
    void whatIsNoSelectorIsRefusedWithWhatWasExpected(Server server) {
        String maps = server.core("configmaps");

        refused(server, maps, "labelSelector", "app in x", "found 'x' expected: '('");
        refused(server, maps, "labelSelector", "app in (x", "found '', expected: ',' or ')'");
        refused(server, maps, "labelSelector", "app,,tier", "found ',', expected: identifier after ','");
        refused(server, maps, "labelSelector", ",", "found ',', expected: !, identifier, or 'end of string'");
        refused(server, maps, "labelSelector", "-app", "Invalid value: \"-app\": name part must consist of");
        refused(
                server,
                maps,
                "labelSelector",
                "app=-x",
                "values[0][app]: Invalid value: \"-x\": a valid label must be");
        refused(server, maps, "labelSelector", "tier>x", "the value must be an integer");
        refused(
                server,
                maps,
                "fieldSelector",
                "metadata.name",
                "invalid selector: 'metadata.name'; can't understand 'metadata.name'");
        refused(server, maps, "fieldSelector", "data.k=v", "\"data.k\" is not a known field selector");
        refused(server, server.core("pods"), "fieldSelector", "spec.x=v", "field label not supported: spec.x");
    }

    private static void refused(Server server, String path, String parameter, String selector, String why) {
        Answer answer = server.api()
                .get(path + "?" + parameter + "=" + encoded(selector))
                .refused(400, "BadRequest");
        assertThat(answer.message()).contains(why);
    }

    @OnBoth
    void everyKindIsSelectedByItsNameAndSomeByMore(Server server) {
        String maps = maps(server);
        String both = "metadata.name!=a,metadata.namespace=" + server.namespace();
        List<String> others = server.api()
                .get(maps + "?fieldSelector=" + encoded(both))
                .expect(200)
                .names();
        assertThat(others).contains("b", "c", "d").doesNotContain("a");

        server.api()
                .post(server.core("secrets"), "{metadata: {name: s}, type: example.com/x}")
                .expect(201);
        assertThat(selected(server, "secrets", "type=example.com/x")).containsExactly("s");
        server.api()
                .post(server.core("pods"), "{metadata: {name: p}, spec: {containers: [{name: c, image: i}]}}")
                .expect(201);
        server.await(
                server.core("pods/p"),
                "it runs",
                pod -> pod.at("/status/phase").asText().equals("Running"));
        for (String field : List.of(
                "status.phase=Running",
                "spec.nodeName!=",
                "spec.restartPolicy=Always",
                "spec.schedulerName=default-scheduler",
                "spec.serviceAccountName=default",
                "spec.hostNetwork=false")) {
            assertThat(selected(server, "pods", field)).as(field).containsExactly("p");
        }
        assertThat(server.api()
                        .get("/api/v1/namespaces?fieldSelector=status.phase%3DActive%2Cmetadata.name%3D"
                                + server.namespace())
                        .expect(200)
                        .names())
                .containsExactly(server.namespace());
        server.api()
                .get("/api/v1/nodes?fieldSelector=spec.unschedulable%3Dfalse")
                .expect(200);
        server.api()
                .get(server.path("batch/v1", "jobs") + "?fieldSelector=status.successful%3D1")
                .expect(200);
    }

    private static List<String> selected(Server server, String plural, String field) {
        return server.api()
                .get(server.core(plural) + "?fieldSelector=" + encoded(field))
                .expect(200)
                .names();
    }

    @OnBoth
    void whatASelectorChoosesIsDeletedAtOnce(Server server) {
        String maps = maps(server);

        Answer gone = server.api()
                .delete(maps + "?labelSelector=" + encoded("app in (x,v)"))
                .expect(200);

        assertThat(gone.text("/kind")).isEqualTo("ConfigMapList");
        assertThat(gone.names()).containsExactly("a", "b");
        assertThat(server.api().get(maps).names()).contains("c", "d").doesNotContain("a", "b");
        server.api().delete("/api/v1/namespaces").refused(405, "MethodNotAllowed");
    }
}
