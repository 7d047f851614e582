package io.driftless.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

/// What `kubectl` creates from its arguments, in the form that it alone chooses.
class KubectlCreateTest {
    @TempDir
    Path folder;

    @OnBoth
    void services(Server server) {
        Kubectl kubectl = Kubectl.on(server, folder);

        kubectl.ok("create", "service", "clusterip", "inner", "--tcp=80:8080");
        kubectl.ok("create", "service", "nodeport", "outer", "--tcp=81");
        kubectl.ok("create", "service", "externalname", "other", "--external-name=example.com");

        Answer inner = server.api().get(server.core("services/inner")).expect(200);
        assertThat(inner.at("/spec/ports/0"))
                .isEqualTo(Api.yaml("{name: 80-8080, protocol: TCP, port: 80, targetPort: 8080}"));
        assertThat(inner.at("/spec/selector")).isEqualTo(Api.yaml("app: inner"));
        assertThat(server.api().get(server.core("services/outer")).text("/spec/type"))
                .isEqualTo("NodePort");
        assertThat(server.api().get(server.core("services/other")).text("/spec/externalName"))
                .isEqualTo("example.com");
    }

    @OnBoth
    void autoscalersWithTheirMetrics(Server server) {
        Kubectl kubectl = Kubectl.on(server, folder);
        kubectl.ok("create", "deployment", "web", "--image=web:1");

        kubectl.ok("autoscale", "deployment", "web", "--min=1", "--max=3", "--cpu=50%", "--memory=100Mi");

        Answer scaler = server.api()
                .get(server.path("autoscaling/v2", "horizontalpodautoscalers/web"))
                .expect(200);
        assertThat(scaler.at("/spec/metrics")).isEqualTo(Api.yaml("""
                        - {type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 50}}}
                        - {type: Resource, resource: {name: memory, target: {type: AverageValue, averageValue: 100Mi}}}
                        """));
    }

    @OnBoth
    void jobsOfACronJobAndPriorities(Server server) {
        Kubectl kubectl = Kubectl.on(server, folder);
        kubectl.ok("create", "cronjob", "nightly", "--image=b:1", "--schedule=0 0 1 1 *");
        String priority = "priority-" + server.namespace();
        server.deleteLater("/apis/scheduling.k8s.io/v1/priorityclasses/" + priority);

        kubectl.ok("create", "job", "now", "--from=cronjob/nightly");
        kubectl.ok("create", "priorityclass", priority, "--value=5", "--description=for a case");

        Answer job = server.api().get(server.path("batch/v1", "jobs/now")).expect(200);
        assertThat(job.text("/metadata/ownerReferences/0/name")).isEqualTo("nightly");
        assertThat(job.at("/metadata/ownerReferences/0/controller").asBoolean()).isTrue();
        assertThat(job.text("/metadata/annotations/cronjob.kubernetes.io~1instantiate"))
                .isEqualTo("manual");
        assertThat(server.api()
                        .get("/apis/scheduling.k8s.io/v1/priorityclasses/" + priority)
                        .at("/value")
                        .asInt())
                .isEqualTo(5);
    }

    @OnBoth
    void scalesAsATable(Server server) {
        Kubectl kubectl = Kubectl.on(server, folder);
        kubectl.ok("create", "deployment", "web", "--image=web:1", "--replicas=2");

        assertThat(kubectl.ok("get", "deployment", "web", "--subresource=scale"))
                .matches("NAME +DESIRED +AVAILABLE +AGE\\s+web +2 +[012] +\\d+s\\s+");
    }

    @OnBoth
    void aKindThatIsNotThereIsNamedWithTheRemedy(Server server) {
        Kubectl kubectl = Kubectl.on(server, folder);
        String file = kubectl.file("foo.yaml", """
                apiVersion: example.com/v1
                kind: Foo
                metadata: {name: bad}
                """);

        Kubectl.Result refused = kubectl.run(Map.of(), "apply", "-f", file);

        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err())
                .contains("resource mapping not found for name: \"bad\"")
                .contains("no matches for kind \"Foo\" in version \"example.com/v1\"")
                .contains("ensure CRDs are installed first");
    }
}
