package io.driftless.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.driftless.contract.Kubectl.Result;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

/// The commands of kubectl that write: by themselves, without a file.
class KubectlCommandsTest {
    @TempDir
    Path folder;

    private Kubectl withWeb(Server server) {
        Kubectl kubectl = Kubectl.on(server, folder);
        kubectl.ok("create", "deployment", "web", "--image=nginx:1", "--replicas=2");
        kubectl.ok("rollout", "status", "deployment/web", "--timeout=60s");
        return kubectl;
    }

    private static Result fails(Kubectl kubectl, String... arguments) {
        Result result = kubectl.run(Map.of(), arguments);
        assertThat(result.code()).as(result.out()).isNotZero();
        return result;
    }

    @OnBoth
    void kindsOfAllSortsAreCreated(Server server) {
        Kubectl kubectl = withWeb(server);

        assertThat(kubectl.ok("autoscale", "deployment", "web", "--min=1", "--max=3"))
                .isEqualTo("horizontalpodautoscaler.autoscaling/web autoscaled\n");
        assertThat(kubectl.ok("get", "hpa", "web", "--no-headers")).contains("Deployment/web", "<unknown>/80%");
        kubectl.ok("create", "pdb", "web", "--selector=app=web", "--min-available=1");
        kubectl.ok("wait", "--for=jsonpath={.status.disruptionsAllowed}=1", "pdb/web", "--timeout=60s");
        assertThat(kubectl.ok("get", "pdb", "web", "--no-headers")).matches("web +1 +N/A +1 +\\d+s *\n");
        kubectl.ok("create", "quota", "most", "--hard=pods=10,requests.cpu=4");
        assertThat(kubectl.ok("get", "quota", "most", "-o", "jsonpath={.spec.hard.pods}"))
                .isEqualTo("10");
        kubectl.ok("create", "ingress", "web", "--rule=a.b/x=web:80");
        assertThat(kubectl.ok("get", "ingress", "web", "--no-headers")).matches("web +<none> +a\\.b +80 +\\d+s *\n");
        kubectl.ok("create", "cronjob", "often", "--image=i", "--schedule=*/5 * * * *");
        assertThat(kubectl.ok("get", "cronjob", "often", "--no-headers")).contains("False");
        kubectl.ok("create", "secret", "generic", "s", "--from-literal=k=v");
        assertThat(kubectl.ok("describe", "secret", "s")).contains("k:  1 bytes");
        kubectl.ok("expose", "deployment", "web", "--port=80");
        assertThat(kubectl.ok("describe", "service", "web")).contains("TargetPort:", "80/TCP", "Endpoints:");
    }

    @OnBoth
    void labelsAndAnnotationsAreChanged(Server server) {
        Kubectl kubectl = withWeb(server);

        assertThat(kubectl.ok("label", "deployment", "web", "x=y")).isEqualTo("deployment.apps/web labeled\n");
        assertThat(fails(kubectl, "label", "deployment", "web", "x=z").err())
                .contains("'x' already has a value (y), and --overwrite is false");
        kubectl.ok("label", "deployment", "web", "x=z", "--overwrite");
        assertThat(kubectl.ok("label", "deployment", "web", "x-")).isEqualTo("deployment.apps/web unlabeled\n");
        kubectl.ok("annotate", "deployment", "web", "why=because");
        assertThat(kubectl.ok("get", "deployment", "web", "-o", "jsonpath={.metadata.annotations.why}"))
                .isEqualTo("because");
    }

    @OnBoth
    void aRevisionIsLookedAtAndGoneBackTo(Server server) {
        Kubectl kubectl = withWeb(server);
        kubectl.ok("set", "image", "deployment/web", "nginx=nginx:2");
        kubectl.ok("rollout", "status", "deployment/web", "--timeout=60s");

        assertThat(kubectl.ok("rollout", "history", "deployment/web", "--revision=2"))
                .contains("nginx:2");
        kubectl.ok("rollout", "undo", "deployment/web");
        kubectl.ok("rollout", "status", "deployment/web", "--timeout=60s");
        assertThat(kubectl.ok("get", "deployment", "web", "-o", "jsonpath={.spec.template.spec.containers[0].image}"))
                .isEqualTo("nginx:1");
        kubectl.ok("rollout", "pause", "deployment/web");
        assertThat(fails(kubectl, "rollout", "restart", "deployment/web").err())
                .contains("can't restart paused deployment");
        kubectl.ok("rollout", "resume", "deployment/web");
        kubectl.ok("scale", "deployment", "web", "--replicas=3");
        kubectl.ok("wait", "--for=jsonpath={.status.readyReplicas}=3", "deployment/web", "--timeout=60s");
        assertThat(fails(kubectl, "scale", "deployment", "web", "--replicas=1", "--current-replicas=9")
                        .err())
                .contains("Expected replicas to be 9, was 3");
    }

    @OnBoth
    void whatIsLeftOutIsPruned(Server server) {
        Kubectl kubectl = Kubectl.on(server, folder);
        String map = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: %s, labels: {prune: me}}\n";
        String two = kubectl.file("two.yaml", map.formatted("a") + "---\n" + map.formatted("b"));
        String one = kubectl.file("one.yaml", map.formatted("a"));
        String only = "--prune-allowlist=core/v1/ConfigMap";

        kubectl.ok("apply", "-f", two, "--prune", "-l", "prune=me", only);
        assertThat(kubectl.ok("apply", "-f", one, "--prune", "-l", "prune=me", only))
                .contains("configmap/a unchanged", "configmap/b pruned");

        assertThat(kubectl.ok("get", "configmaps", "-l", "prune=me", "-o", "name"))
                .isEqualTo("configmap/a\n");
    }

    @OnBoth
    void aFieldThatNobodyKnowsIsRefusedByApply(Server server) {
        Kubectl kubectl = Kubectl.on(server, folder);
        String odd =
                kubectl.file("odd.yaml", Manifests.deployment("web", "nginx:1").replace("replicas:", "replcas:"));

        assertThat(fails(kubectl, "apply", "-f", odd).err())
                .contains("strict decoding error: unknown field \"spec.replcas\"");
        assertThat(fails(kubectl, "apply", "--server-side", "-f", odd).err())
                .contains(".spec.replcas: field not declared in schema");
        assertThat(kubectl.run(Map.of(), "apply", "--validate=warn", "-f", odd).err())
                .contains("Warning: unknown field \"spec.replcas\"");
    }

    @OnBoth
    void tokensAndRights(Server server) {
        Kubectl kubectl = Kubectl.on(server, folder);
        kubectl.ok("create", "serviceaccount", "robot");
        kubectl.ok("create", "role", "reader", "--verb=get,list", "--resource=pods");
        kubectl.ok(
                "create", "rolebinding", "robot", "--role=reader", "--serviceaccount=" + server.namespace() + ":robot");
        String robot = "--as=system:serviceaccount:" + server.namespace() + ":robot";

        assertThat(kubectl.ok("create", "token", "robot").split("\\.")).hasSize(3);
        assertThat(fails(kubectl, "create", "token", "nobody").err()).contains("serviceaccounts \"nobody\" not found");
        assertThat(kubectl.ok("auth", "can-i", "get", "pods", robot)).isEqualTo("yes\n");
        assertThat(fails(kubectl, "auth", "can-i", "delete", "pods", robot).out())
                .isEqualTo("no\n");
        assertThat(kubectl.ok("auth", "whoami", robot)).contains("system:serviceaccounts:" + server.namespace());
        assertThat(fails(kubectl, "get", "secrets", robot).err())
                .contains("secrets is forbidden: User \"system:serviceaccount:" + server.namespace()
                        + ":robot\" cannot list resource \"secrets\" in API group \"\" in the namespace");
    }

    @OnBoth
    void aNodeIsDrainedOfWhatIsChosen(Server server) {
        Kubectl kubectl = withWeb(server);

        String drained = kubectl.ok(
                "drain", "node-0", "--dry-run=server", "--force", "--ignore-daemonsets", "--pod-selector=app=web");

        assertThat(drained).contains("evicting pod " + server.namespace() + "/web-", "drained (server dry run)");
        assertThat(kubectl.ok("get", "pods", "-l", "app=web", "-o", "name").lines())
                .hasSize(2);
    }

    @OnBoth
    void aPodIsDeletedAtOnceWhereThatIsForced(Server server) {
        Kubectl kubectl = Kubectl.on(server, folder);
        kubectl.ok("run", "p", "--image=i", "--restart=Never");
        kubectl.ok("wait", "--for=condition=Ready", "pod/p", "--timeout=60s");

        kubectl.ok("delete", "pod", "p", "--grace-period=0", "--force");

        assertThat(fails(kubectl, "get", "pod", "p").err()).contains("pods \"p\" not found");
    }
}
