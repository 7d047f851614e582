package io.driftless.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.driftless.contract.Kubectl.Result;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

/// What somebody with kubectl does and sees.
class KubectlTest {
    @TempDir
    Path folder;

    private static String web(String image) {
        return Manifests.deployment("web", image);
    }

    private static String settings(String value) {
        return "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\ndata:\n  key: " + value + "\n";
    }

    private void rollOut(Kubectl kubectl) {
        kubectl.ok("apply", "--server-side", "-f", kubectl.file("web.yaml", web("nginx:1")));
        kubectl.ok("rollout", "status", "deployment/web", "--timeout=60s");
    }

    @OnBoth
    void getShowsTables(Server server) {
        Kubectl kubectl = Kubectl.on(server, folder);
        rollOut(kubectl);

        assertThat(kubectl.ok("get", "deployments").lines())
                .satisfiesExactly(
                        head -> assertThat(head).matches("NAME +READY +UP-TO-DATE +AVAILABLE +AGE *"),
                        line -> assertThat(line).matches("web +1/1 +1 +1 +\\d+s *"));
        assertThat(kubectl.ok("get", "deploy", "web", "-o", "wide")).contains("CONTAINERS", "nginx:1", "app=web");
        assertThat(kubectl.ok("get", "deploy/web", "-o", "name")).isEqualTo("deployment.apps/web\n");
        assertThat(kubectl.ok("get", "deploy", "web", "-o", "jsonpath={.spec.template.spec.containers[0].image}"))
                .isEqualTo("nginx:1");
        assertThat(kubectl.ok("get", "pods", "-l", "app=web", "--no-headers").lines())
                .singleElement()
                .satisfies(line -> assertThat(line).matches("web-[a-z0-9]+-[a-z0-9]+ +1/1 +Running +0 +\\d+s *"));
        assertThat(kubectl.ok("get", "all")).contains("pod/web-", "deployment.apps/web", "replicaset.apps/web-");
        assertThat(kubectl.ok("get", "deployments", "-A")).contains("NAMESPACE", server.namespace());
        assertThat(kubectl.ok("get", "deploy", "web", "-o", "yaml"))
                .contains("kind: Deployment")
                .doesNotContain("managedFields");
        Result none = kubectl.run(Map.of(), "get", "deployment", "none");
        assertThat(none.code()).isEqualTo(1);
        assertThat(none.err()).isEqualTo("Error from server (NotFound): deployments.apps \"none\" not found\n");
        assertThat(kubectl.run(Map.of(), "get", "secrets").err())
                .contains("No resources found in " + server.namespace() + " namespace.");
    }

    @OnBoth
    void describeTellsTheStory(Server server) {
        Kubectl kubectl = Kubectl.on(server, folder);
        rollOut(kubectl);

        assertThat(kubectl.ok("describe", "deployment", "web"))
                .containsPattern("Name: +web")
                .containsPattern("Replicas: +1 desired \\| 1 updated \\| 1 total \\| 1 available \\| 0 unavailable")
                .containsPattern("Available +True +MinimumReplicasAvailable")
                .contains("NewReplicaSet:");
        assertThat(kubectl.ok("describe", "pods"))
                .containsPattern("Status: +Running")
                .containsPattern("Image: +nginx:1");
        kubectl.ok("apply", "-f", kubectl.file("map.yaml", settings("one")));
        assertThat(kubectl.ok("describe", "configmap", "settings")).contains("key:\n----\none");
        assertThat(kubectl.ok("describe", "namespace", server.namespace())).containsPattern("Status: +Active");
    }

    @OnBoth
    void applyOnTheServerReportsConflicts(Server server) {
        Kubectl kubectl = Kubectl.on(server, folder);
        String one = kubectl.file("one.yaml", settings("one"));
        String two = kubectl.file("two.yaml", settings("two"));
        assertThat(kubectl.ok("apply", "--server-side", "--field-manager=a", "-f", one))
                .isEqualTo("configmap/settings serverside-applied\n");
        assertThat(kubectl.ok("apply", "--server-side", "--field-manager=a", "--dry-run=server", "-f", two))
                .isEqualTo("configmap/settings serverside-applied (server dry run)\n");

        Result conflict = kubectl.run(Map.of(), "apply", "--server-side", "--field-manager=b", "-f", two);

        assertThat(conflict.code()).isEqualTo(1);
        assertThat(conflict.err())
                .contains("error: Apply failed with 1 conflict: conflict with \"a\": .data.key", "--force-conflicts");
        kubectl.ok("apply", "--server-side", "--field-manager=b", "--force-conflicts", "-f", two);
        assertThat(kubectl.ok("get", "configmap", "settings", "-o", "jsonpath={.data.key}"))
                .isEqualTo("two");
        assertThat(kubectl.ok("get", "configmap", "settings", "-o", "yaml", "--show-managed-fields"))
                .contains("manager: b", "f:key: {}");
    }

    @OnBoth
    void applyOnTheClientMergesThreeWays(Server server) {
        Kubectl kubectl = Kubectl.on(server, folder);
        assertThat(kubectl.ok("apply", "-f", kubectl.file("a.yaml", settings("one") + "  more: too\n")))
                .isEqualTo("configmap/settings created\n");
        kubectl.ok("patch", "configmap", "settings", "--type=merge", "-p", "{\"data\":{\"other\":\"kept\"}}");
        assertThat(kubectl.ok("apply", "-f", kubectl.file("a.yaml", settings("two"))))
                .isEqualTo("configmap/settings configured\n");

        assertThat(kubectl.ok("get", "configmap", "settings", "-o", "jsonpath={.data}"))
                .isEqualTo("{\"key\":\"two\",\"other\":\"kept\"}");
        assertThat(kubectl.ok("apply", "-f", kubectl.file("a.yaml", settings("two"))))
                .isEqualTo("configmap/settings unchanged\n");
        kubectl.ok("apply", "-f", kubectl.file("web.yaml", web("nginx:1")));
        assertThat(kubectl.ok("apply", "-f", kubectl.file("web.yaml", web("nginx:2"))))
                .isEqualTo("deployment.apps/web configured\n");
        assertThat(kubectl.ok("get", "deploy", "web", "-o", "jsonpath={.spec.template.spec.containers[*].image}"))
                .isEqualTo("nginx:2");
        assertThat(kubectl.ok("apply", "view-last-applied", "deployment/web")).contains("image: nginx:2");
    }

    @OnBoth
    void diffShowsWhatApplyWouldChange(Server server) {
        Kubectl kubectl = Kubectl.on(server, folder);
        kubectl.ok("apply", "--server-side", "-f", kubectl.file("web.yaml", web("nginx:1")));
        kubectl.ok("rollout", "status", "deployment/web", "--timeout=60s");

        Result same = kubectl.run(Map.of(), "diff", "--server-side", "-f", kubectl.file("web.yaml", web("nginx:1")));
        Result other = kubectl.run(Map.of(), "diff", "--server-side", "-f", kubectl.file("web.yaml", web("nginx:2")));
        Result fresh = kubectl.run(Map.of(), "diff", "-f", kubectl.file("map.yaml", settings("one")));

        assertThat(same.code()).as(same.out() + same.err()).isZero();
        assertThat(other.code()).as(other.err()).isEqualTo(1);
        assertThat(other.out().lines())
                .anyMatch(line -> line.matches("- +(- )?image: nginx:1"))
                .anyMatch(line -> line.matches("\\+ +(- )?image: nginx:2"));
        assertThat(fresh.code()).as(fresh.err()).isEqualTo(1);
        assertThat(fresh.out()).contains("+  key: one");
        assertThat(kubectl.ok("get", "deploy", "web", "-o", "jsonpath={.spec.template.spec.containers[0].image}"))
                .isEqualTo("nginx:1");
    }

    @OnBoth
    void anEditIsAPatch(Server server) {
        Kubectl kubectl = Kubectl.on(server, folder);
        rollOut(kubectl);
        Path editor = Path.of(kubectl.file("editor.sh", "#!/bin/sh\nsed -i 's/nginx:1/nginx:9/' \"$1\"\n"));
        assertThat(editor.toFile().setExecutable(true)).isTrue();

        Result edited = kubectl.run(Map.of("KUBE_EDITOR", editor.toString()), "edit", "deployment", "web");

        assertThat(edited.code()).as(edited.err()).isZero();
        assertThat(edited.out()).isEqualTo("deployment.apps/web edited\n");
        String image = "jsonpath={.spec.template.spec.containers[0].image}";
        assertThat(kubectl.ok("get", "deploy", "web", "-o", image)).isEqualTo("nginx:9");
        kubectl.ok(
                "patch",
                "deployment",
                "web",
                "-p",
                "{\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"main\",\"image\":\"nginx:10\"}]}}}}");
        assertThat(kubectl.ok("get", "deploy", "web", "-o", image)).isEqualTo("nginx:10");
        kubectl.ok("set", "image", "deployment/web", "main=nginx:11");
        assertThat(kubectl.ok("get", "deploy", "web", "-o", image)).isEqualTo("nginx:11");
        kubectl.ok("label", "deployment", "web", "tier=front");
        kubectl.ok("annotate", "deployment", "web", "note=this");
        assertThat(kubectl.ok(
                        "get", "deploy", "-l", "tier=front", "-o", "jsonpath={.items[0].metadata.annotations.note}"))
                .isEqualTo("this");
        assertThat(kubectl.ok("scale", "deployment", "web", "--replicas=2", "--current-replicas=1"))
                .isEqualTo("deployment.apps/web scaled\n");
        assertThat(kubectl.run(Map.of(), "scale", "deployment", "web", "--replicas=2", "--current-replicas=7")
                        .code())
                .isEqualTo(1);
    }

    @OnBoth
    void deleteWaitsUntilItIsGone(Server server) {
        Kubectl kubectl = Kubectl.on(server, folder);
        rollOut(kubectl);

        assertThat(kubectl.ok("delete", "deployment", "web", "--cascade=foreground", "--timeout=60s"))
                .startsWith("deployment.apps \"web\" deleted");

        assertThat(kubectl.ok("get", "pods,replicasets,deployments", "-o", "name"))
                .isEmpty();
        kubectl.ok("create", "configmap", "a", "--from-literal=k=v");
        kubectl.ok("create", "configmap", "b", "--from-literal=k=v");
        kubectl.ok("label", "configmap", "a", "b", "go=away");
        assertThat(kubectl.ok("delete", "configmap", "-l", "go=away").lines()).hasSize(2);
        assertThat(kubectl.run(Map.of(), "delete", "configmap", "a").err()).contains("(NotFound)");
        assertThat(kubectl.ok("delete", "configmap", "a", "--ignore-not-found")).isEmpty();
        kubectl.ok("apply", "--server-side", "-f", kubectl.file("web.yaml", web("nginx:1")));
        kubectl.ok("delete", "-f", kubectl.file("web.yaml", web("nginx:1")), "--timeout=60s");
    }

    @OnBoth
    void waitWaitsForConditionsFieldsAndDeletion(Server server) {
        Kubectl kubectl = Kubectl.on(server, folder);
        kubectl.ok("apply", "--server-side", "-f", kubectl.file("web.yaml", web("nginx:1")));

        assertThat(kubectl.ok("wait", "--for=condition=Available", "deployment/web", "--timeout=60s"))
                .isEqualTo("deployment.apps/web condition met\n");
        kubectl.ok("wait", "--for=jsonpath={.status.readyReplicas}=1", "deployment/web", "--timeout=60s");
        kubectl.ok("delete", "deployment", "web", "--wait=false");
        kubectl.ok("wait", "--for=delete", "deployment/web", "--timeout=60s");
        kubectl.ok("create", "job", "once", "--image=busybox");
        kubectl.ok("wait", "--for=condition=complete", "job/once", "--timeout=60s");
        Result late = kubectl.run(Map.of(), "wait", "--for=condition=Failed", "job/once", "--timeout=1s");
        assertThat(late.code()).isEqualTo(1);
        assertThat(late.err()).contains("timed out waiting for the condition");
    }

    @OnBoth
    void aRolloutIsFollowedRepeatedAndUndone(Server server) {
        Kubectl kubectl = Kubectl.on(server, folder);
        rollOut(kubectl);
        kubectl.ok("set", "image", "deployment/web", "main=nginx:2");
        assertThat(kubectl.ok("rollout", "status", "deployment/web", "--timeout=60s"))
                .endsWith("deployment \"web\" successfully rolled out\n");
        assertThat(kubectl.ok("rollout", "history", "deployment/web"))
                .contains("REVISION")
                .containsPattern("(?m)^1 ")
                .containsPattern("(?m)^2 ");

        kubectl.ok("rollout", "undo", "deployment/web");
        kubectl.ok("rollout", "status", "deployment/web", "--timeout=60s");

        assertThat(kubectl.ok("get", "deploy", "web", "-o", "jsonpath={.spec.template.spec.containers[0].image}"))
                .isEqualTo("nginx:1");
        kubectl.ok("rollout", "restart", "deployment/web");
        kubectl.ok("rollout", "status", "deployment/web", "--timeout=60s");
        assertThat(kubectl.ok("get", "deploy", "web", "-o", "yaml")).contains("kubectl.kubernetes.io/restartedAt");
        kubectl.ok("set", "image", "deployment/web", "main=never-ready:3");
        Result stuck = kubectl.run(Map.of(), "rollout", "status", "deployment/web", "--timeout=1s");
        assertThat(stuck.code()).isEqualTo(1);
    }

    @OnBoth
    void apiResourcesAndSchemasAreTold(Server server) {
        Kubectl kubectl = Kubectl.on(server, folder);

        assertThat(kubectl.ok("api-resources"))
                .containsPattern("(?m)^NAME +SHORTNAMES +APIVERSION +NAMESPACED +KIND$")
                .containsPattern("(?m)^deployments +deploy +apps/v1 +true +Deployment$")
                .containsPattern("(?m)^namespaces +ns +v1 +false +Namespace$");
        assertThat(kubectl.ok("api-resources", "--api-group=batch", "-o", "name")
                        .lines())
                .containsExactlyInAnyOrder("cronjobs.batch", "jobs.batch");
        assertThat(kubectl.ok("api-resources", "-o", "wide"))
                .containsPattern(
                        "(?m)^configmaps +cm +v1 +true +ConfigMap +create,delete,deletecollection,get,list,patch,update,watch");
        assertThat(kubectl.ok("api-versions").lines())
                .contains("v1", "apps/v1", "batch/v1", "rbac.authorization.k8s.io/v1");
        assertThat(kubectl.ok("explain", "deployment.spec.replicas"))
                .containsPattern("KIND: +Deployment")
                .containsPattern("FIELD: +replicas <integer>");
        assertThat(kubectl.ok("version")).contains("Server Version: v1.");
        assertThat(kubectl.ok("cluster-info")).contains("Kubernetes control plane");
    }

    @OnBoth
    void aDefinedKindIsUsedLikeAnyOther(Server server) {
        Kubectl kubectl = Kubectl.on(server, folder);
        String plural = Crds.define(server, "ctls", "");

        kubectl.ok("apply", "--server-side", "-f", kubectl.file("one.yaml", Crds.object(plural, "a", "{size: 1}")));

        assertThat(kubectl.ok("get", plural).lines())
                .satisfiesExactly(
                        head -> assertThat(head).matches("NAME +AGE *"),
                        line -> assertThat(line).matches("a +\\d+s *"));
        assertThat(kubectl.ok("get", "s" + plural, "a", "-o", "jsonpath={.spec.size}"))
                .isEqualTo("1");
        Result strict = kubectl.run(
                Map.of(), "apply", "-f", kubectl.file("two.yaml", Crds.object(plural, "b", "{size: 1, sise: 2}")));
        assertThat(strict.code()).isEqualTo(1);
        assertThat(strict.err()).contains("unknown field \"spec.sise\"");
        kubectl.ok("delete", plural, "a");
    }

    @OnBoth
    void rightsAreAskedFor(Server server) {
        Kubectl kubectl = Kubectl.on(server, folder);

        assertThat(kubectl.ok("auth", "can-i", "create", "deployments")).isEqualTo("yes\n");
        Result no = kubectl.run(Map.of(), "auth", "can-i", "create", "deployments", "--as=nobody");
        assertThat(no.code()).isEqualTo(1);
        assertThat(no.out()).startsWith("no");
        assertThat(kubectl.run(Map.of(), "get", "pods", "--as=nobody").err())
                .contains(
                        "Error from server (Forbidden): pods is forbidden: User \"nobody\" cannot list resource \"pods\"");
    }
}
