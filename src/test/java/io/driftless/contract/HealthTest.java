package io.driftless.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/// What the server says about itself.
class HealthTest {
    @OnBoth
    void eachCheckIsListedByName(Server server) {
        String alive = server.api().get("/livez?verbose").expect(200).raw();
        String ready = server.api().get("/readyz?verbose").expect(200).raw();

        assertThat(alive)
                .startsWith("[+]ping ok\n[+]log ok\n[+]loopback-serving-certificate ok\n[+]etcd ok\n[+]poststarthook/")
                .contains("[+]poststarthook/rbac/bootstrap-roles ok\n", "[+]autoregister-completion ok\n")
                .endsWith("livez check passed\n");
        assertThat(ready)
                .startsWith("[+]ping ok\n[+]log ok\n[+]etcd ok\n[+]etcd-readiness ok\n[+]informer-sync ok\n")
                .endsWith("[+]shutdown ok\nreadyz check passed\n");
        assertThat(alive.lines().count()).isEqualTo(36);
        assertThat(ready.lines().count()).isEqualTo(38);
        assertThat(server.api().get("/healthz?verbose").expect(200).raw()).isEqualTo(alive.replace("livez", "healthz"));
    }

    @OnBoth
    void checksAreAskedForAndLeftOutByName(Server server) {
        assertThat(server.api()
                        .get("/livez/poststarthook/rbac/bootstrap-roles")
                        .expect(200)
                        .raw())
                .isEqualTo("ok");
        assertThat(server.api().get("/readyz/nope").expect(404).raw()).isEqualTo("404 page not found\n");
        assertThat(server.api()
                        .get("/readyz?verbose&exclude=ping&exclude=nope")
                        .expect(200)
                        .raw())
                .startsWith("[+]ping excluded: ok\n[+]log ok\n")
                .endsWith(
                        "warn: some health checks cannot be excluded: no matches for \"nope\"\nreadyz check passed\n");
    }

    @OnBoth
    void requestsAreCountedForPrometheus(Server server) {
        server.api().get(server.core("configmaps")).expect(200);

        Answer metrics = server.api().get("/metrics").expect(200);

        assertThat(metrics.header("Content-Type")).startsWith("text/plain; version=0.0.4; charset=utf-8");
        assertThat(metrics.raw())
                .contains("# TYPE apiserver_request_total counter\n")
                .containsPattern("(?m)^apiserver_request_total\\{.*verb=\"LIST\".*} [1-9]\\d*$");
    }

    @OnBoth
    void thePartsOfTheClusterAreListed(Server server, @TempDir Path folder) {
        assertThat(Kubectl.on(server, folder)
                        .ok("get", "componentstatuses", "--no-headers")
                        .lines())
                .hasSize(3)
                .anyMatch(line -> line.startsWith("controller-manager "))
                .anyMatch(line -> line.startsWith("scheduler "))
                .anyMatch(line -> line.matches("etcd-0 +Healthy +ok *"));
        Answer one = server.api().get("/api/v1/componentstatuses/etcd-0").expect(200);
        assertThat(one.at("/conditions")).isEqualTo(Api.yaml("[{type: Healthy, status: 'True', message: ok}]"));
        assertThat(one.header("Warning")).contains("v1 ComponentStatus is deprecated in v1.19+");
    }

    @OnBoth
    void documentsAreRefusedInFormsThatNobodyKnows(Server server) {
        Api page = server.api().with("Accept", "text/html");
        String all = "application/json, application/yaml, application/vnd.kubernetes.protobuf";
        String refused = "406: Not Acceptable\n\nAvailable representations: ";

        assertThat(page.get("/version").refused(406, "NotAcceptable").message())
                .isEqualTo(refused + "application/json");
        for (String path : new String[] {"/api", "/apis/apps/v1", "/api/v1/namespaces/default"}) {
            assertThat(page.get(path).refused(406, "NotAcceptable").message()).isEqualTo(refused + all);
        }
        for (String path : new String[] {"/apis", "/apis/apps"}) {
            assertThat(page.get(path).refused(406, "NotAcceptable").message())
                    .isEqualTo("only the following media types are accepted: " + all);
        }
        assertThat(page.get("/openapi/v2").expect(406).raw()).isEmpty();
        page.get("/api/v1/nothings").refused(404, "NotFound");
        page.get("/readyz").expect(200);
        page.delete(server.core("configmaps/none")).refused(406, "NotAcceptable");
        assertThat(server.api()
                        .with("Accept", "text/plain")
                        .get(server.core("configmaps"))
                        .refused(406, "NotAcceptable")
                        .message())
                .isEqualTo(refused + all
                        + ", application/json;stream=watch, application/vnd.kubernetes.protobuf;stream=watch");
    }
}
