package io.driftless.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.StreamSupport;

/// Quotas: what they count, when, and what they refuse.
class QuotasTest {
    /// Makes a quota, and waits until it is in force.
    private static void quota(Server server, String name, String spec) {
        server.api()
                .post(server.core("resourcequotas"), "{metadata: {name: " + name + "}, spec: " + spec + "}")
                .expect(201);
        server.await(
                server.core("resourcequotas/" + name),
                "the bounds are in force",
                quota -> quota.at("/status/hard").equals(quota.at("/spec/hard"))
                        && quota.at("/status/used").size()
                                == quota.at("/spec/hard").size());
    }

    private static String used(Server server, String quota, String resource) {
        return server.api()
                .get(server.core("resourcequotas/" + quota))
                .expect(200)
                .at("/status/used")
                .path(resource)
                .asText();
    }

    private static void awaitUsed(Server server, String resource, String amount) {
        server.await(
                server.core("resourcequotas/q"),
                resource + " is " + amount,
                quota -> quota.at("/status/used").path(resource).asText().equals(amount));
    }

    private static Answer make(Server server, String resource, String name, String spec) {
        return server.api().post(server.core(resource), "{metadata: {name: " + name + "}, spec: " + spec + "}");
    }

    private static String pod(String... resources) {
        StringBuilder containers = new StringBuilder();
        for (int i = 0; i < resources.length; i++) {
            containers
                    .append(i == 0 ? "" : ", ")
                    .append("{name: c%d, image: i, resources: %s}".formatted(i, resources[i]));
        }
        return "{containers: [" + containers + "]}";
    }

    private static String forbidden(Answer refused) {
        return refused.refused(403, "Forbidden").message();
    }

    @OnBoth
    void objectsAreCountedAtOnceAndRefusedBeyondTheirNumber(Server server) {
        String maps = server.core("configmaps");
        server.await(maps + "/kube-root-ca.crt", "the first one is there", map -> map.has("data"));
        quota(server, "q", "{hard: {configmaps: 3, count/configmaps: 10}}");

        server.api().post(maps, "metadata: {name: a}").expect(201);
        assertThat(used(server, "q", "configmaps")).isEqualTo("2");
        server.api()
                .apply(maps + "/b?fieldManager=contract", "{apiVersion: v1, kind: ConfigMap, metadata: {name: b}}")
                .expect(201);
        assertThat(used(server, "q", "count/configmaps")).isEqualTo("3");

        String why = "configmaps \"c\" is forbidden: exceeded quota: q, requested: configmaps=1, used: configmaps=3,"
                + " limited: configmaps=3";
        Answer refused = server.api().post(maps, "metadata: {name: c}");
        assertThat(forbidden(refused)).isEqualTo(why);
        assertThat(refused.at("/details")).isEqualTo(Api.yaml("{name: c, kind: configmaps}"));
        assertThat(forbidden(server.api()
                        .apply(
                                maps + "/c?fieldManager=contract",
                                "{apiVersion: v1, kind: ConfigMap, metadata: {name: c}}")))
                .isEqualTo(why);
        server.api()
                .apply(
                        maps + "/b?fieldManager=contract",
                        "{apiVersion: v1, kind: ConfigMap, metadata: {name: b}, data: {k: v}}")
                .expect(200);

        server.api().delete(maps + "/a").expect(200);
        awaitUsed(server, "configmaps", "2");
        server.api().post(maps, "metadata: {name: c}").expect(201);
    }

    @OnBoth
    void objectsOfNamedGroupsAreCounted(Server server) {
        quota(server, "q", "{hard: {count/deployments.apps: 1}}");

        String deployments = server.path("apps/v1", "deployments");
        server.api().post(deployments, Manifests.deployment("a", "i")).expect(201);
        assertThat(forbidden(server.api().post(deployments, Manifests.deployment("b", "i"))))
                .isEqualTo(
                        "deployments.apps \"b\" is forbidden: exceeded quota: q, requested: count/deployments.apps=1,"
                                + " used: count/deployments.apps=1, limited: count/deployments.apps=1");
    }

    @OnBoth
    void whatIsOnlyTriedIsNotCountedButRefused(Server server) {
        quota(server, "q", "{hard: {secrets: 1}}");
        String tried = server.core("secrets") + "?dryRun=All";

        server.api().post(tried, "metadata: {name: a}").expect(201);
        assertThat(used(server, "q", "secrets")).isEqualTo("0");
        server.api().post(server.core("secrets"), "metadata: {name: a}").expect(201);
        assertThat(forbidden(server.api().post(tried, "metadata: {name: b}"))).contains("exceeded quota: q");
    }

    @OnBoth
    void podsAreCountedByWhatTheyAskForAndMayHave(Server server) {
        quota(server, "q", "{hard: {pods: 2, cpu: 1, requests.memory: 1Gi, limits.cpu: 2, limits.memory: 2Gi}}");

        assertThat(forbidden(make(server, "pods", "p", pod("{}", "{requests: {cpu: 1}, limits: {memory: 1}}"))))
                .isEqualTo("pods \"p\" is forbidden: failed quota: q: must specify cpu for: c0; limits.cpu for: c0,c1;"
                        + " limits.memory for: c0; requests.memory for: c0");
        String fits = pod("{requests: {cpu: 300m, memory: 100Mi}, limits: {cpu: 500m, memory: 200Mi}}");
        make(server, "pods", "a", fits).expect(201);
        assertThat(server.api().get(server.core("resourcequotas/q")).at("/status/used"))
                .isEqualTo(Api.yaml(
                        "{pods: '1', cpu: 300m, requests.memory: 100Mi, limits.cpu: 500m, limits.memory: 200Mi}"));
        assertThat(forbidden(make(
                        server, "pods", "b", pod("{requests: {cpu: 800m, memory: 1}, limits: {cpu: 5, memory: 2Gi}}"))))
                .isEqualTo(
                        "pods \"b\" is forbidden: exceeded quota: q, requested: cpu=800m,limits.cpu=5,limits.memory=2Gi,"
                                + " used: cpu=300m,limits.cpu=500m,limits.memory=200Mi, limited: cpu=1,limits.cpu=2,limits.memory=2Gi");
    }

    @OnBoth
    void podsThatAreDoneOrGoneFreeWhatTheyHad(Server server) {
        quota(server, "q", "{hard: {pods: 1, requests.cpu: 1, count/pods: 5}}");
        make(server, "pods", "a", pod("{requests: {cpu: 300m}}")).expect(201);
        server.await(
                server.core("pods/a"),
                "it runs",
                p -> p.at("/status/phase").asText().equals("Running"));

        server.api()
                .merge(server.core("pods/a/status"), "status: {phase: Succeeded}")
                .expect(200);

        awaitUsed(server, "requests.cpu", "0");
        assertThat(used(server, "q", "pods")).isEqualTo("0");
        assertThat(used(server, "q", "count/pods")).isEqualTo("1");
        server.api().delete(server.core("pods/a")).expect(200);
        awaitUsed(server, "count/pods", "0");
    }

    @OnBoth
    void servicesAreCountedByTheirPortsAsTheyChange(Server server) {
        quota(server, "q", "{hard: {services: 2, services.nodeports: 1, services.loadbalancers: 1}}");
        make(server, "services", "s", "{ports: [{port: 80}]}").expect(201);
        String service = server.core("services/s");

        server.api().merge(service, "spec: {type: NodePort}").expect(200);
        assertThat(used(server, "q", "services.nodeports")).isEqualTo("1");
        assertThat(forbidden(server.api().merge(service, "spec: {ports: [{port: 80, name: a}, {port: 81, name: b}]}")))
                .isEqualTo("services \"s\" is forbidden: exceeded quota: q, requested: services.nodeports=1, used:"
                        + " services.nodeports=1, limited: services.nodeports=1");
        server.api().merge(service, "spec: {type: LoadBalancer}").expect(200);
        assertThat(used(server, "q", "services.loadbalancers")).isEqualTo("1");
        server.api()
                .merge(service, "spec: {type: ClusterIP, ports: [{port: 80, nodePort: null}]}")
                .expect(200);
        awaitUsed(server, "services.nodeports", "0");
        awaitUsed(server, "services.loadbalancers", "0");
        String balanced =
                "{type: LoadBalancer, allocateLoadBalancerNodePorts: %s, ports: [{port: 1, name: a}, {port: 2,"
                        + " name: b}]}";
        assertThat(forbidden(make(server, "services", "b", balanced.formatted("true"))))
                .contains("requested: services.nodeports=2, used: services.nodeports=0");
        make(server, "services", "b", balanced.formatted("false")).expect(201);
        assertThat(used(server, "q", "services")).isEqualTo("2");
    }

    @OnBoth
    void claimsAreCountedInAllAndByClass(Server server) {
        String ofGold = "gold.storageclass.storage.k8s.io/";
        quota(
                server,
                "q",
                "{hard: {persistentvolumeclaims: 2, requests.storage: 5Gi, %1$srequests.storage: 3Gi, %1$spersistentvolumeclaims: 1}}"
                        .formatted(ofGold));
        String gold = "{storageClassName: gold, accessModes: [ReadWriteOnce], resources: {requests: {storage: %s}}}";

        assertThat(forbidden(make(server, "persistentvolumeclaims", "a", gold.formatted("4Gi"))))
                .contains("requested: " + ofGold + "requests.storage=4Gi, used: " + ofGold
                        + "requests.storage=0, limited: " + ofGold + "requests.storage=3Gi");
        make(server, "persistentvolumeclaims", "a", gold.formatted("2Gi")).expect(201);
        assertThat(forbidden(make(server, "persistentvolumeclaims", "b", gold.formatted("1Gi"))))
                .contains("requested: " + ofGold + "persistentvolumeclaims=1");
        make(server, "persistentvolumeclaims", "b", gold.formatted("2Gi").replace("storageClassName: gold, ", ""))
                .expect(201);

        assertThat(used(server, "q", "requests.storage")).isEqualTo("4Gi");
        assertThat(used(server, "q", ofGold + "requests.storage")).isEqualTo("2Gi");
        server.api().delete(server.core("persistentvolumeclaims/a")).expect(200);
        awaitUsed(server, "requests.storage", "2Gi");
    }

    @OnBoth
    void scopesChooseWhichPodsAreCounted(Server server) {
        String priority = "high-" + server.namespace();
        server.api()
                .post("/apis/scheduling.k8s.io/v1/priorityclasses", "{metadata: {name: " + priority + "}, value: 100}")
                .expect(201);
        server.deleteLater("/apis/scheduling.k8s.io/v1/priorityclasses/" + priority);
        for (String scope : List.of("Terminating", "NotTerminating", "BestEffort", "NotBestEffort")) {
            quota(server, scope.toLowerCase(java.util.Locale.ROOT), "{scopes: [" + scope + "], hard: {pods: 5}}");
        }
        String chosen =
                "{scopeSelector: {matchExpressions: [{scopeName: PriorityClass, operator: %s}]}, hard: {pods: 5}}";
        quota(server, "in", chosen.formatted("In, values: [" + priority + "]"));
        quota(server, "notin", chosen.formatted("NotIn, values: [" + priority + "]"));
        quota(server, "exists", chosen.formatted("Exists"));
        quota(server, "none", chosen.formatted("DoesNotExist"));

        make(server, "pods", "a", pod("{}")).expect(201);
        make(
                        server,
                        "pods",
                        "b",
                        "{activeDeadlineSeconds: 1000, priorityClassName: " + priority
                                + ", containers: [{name: c, image: i, resources: {requests: {cpu: 1m}}}]}")
                .expect(201);
        make(server, "pods", "c", "{priorityClassName: " + priority + ", containers: [{name: c, image: i}]}")
                .expect(201);

        assertThat(counts(server))
                .containsExactlyInAnyOrder(
                        "terminating 1",
                        "notterminating 2",
                        "besteffort 2",
                        "notbesteffort 1",
                        "in 2",
                        "notin 1",
                        "exists 2",
                        "none 1");
    }

    private static List<String> counts(Server server) {
        JsonNode quotas = server.api().get(server.core("resourcequotas")).at("/items");
        return StreamSupport.stream(quotas.spliterator(), false)
                .map(quota -> quota.at("/metadata/name").asText() + " "
                        + quota.at("/status/used/pods").asText())
                .toList();
    }

    @OnBoth
    void aLoweredQuotaLetsWhatIsThereShrinkOnly(Server server) {
        quota(server, "q", "{hard: {services.nodeports: 5}}");
        make(server, "services", "s", "{type: NodePort, ports: [{port: 1, name: a}, {port: 2, name: b}]}")
                .expect(201);

        server.api()
                .merge(server.core("resourcequotas/q"), "spec: {hard: {services.nodeports: 1}}")
                .expect(200);
        server.await(
                server.core("resourcequotas/q"),
                "the new bound is in force",
                q -> q.at("/status/hard").equals(q.at("/spec/hard")));

        server.api()
                .merge(server.core("services/s"), "metadata: {labels: {a: b}}")
                .expect(200);
        assertThat(forbidden(server.api()
                        .merge(
                                server.core("services/s"),
                                "spec: {ports: [{port: 1, name: a}, {port: 2, name: b}, {port: 3, name: c}]}")))
                .contains("requested: services.nodeports=1, used: services.nodeports=2, limited: services.nodeports=1");
        server.api()
                .merge(server.core("services/s"), "spec: {ports: [{port: 1, name: a}]}")
                .expect(200);
    }

    @OnBoth
    void theServerOwnsWhatIsUsed(Server server) {
        quota(server, "q", "{hard: {secrets: 5}}");
        server.api().post(server.core("secrets"), "metadata: {name: a}").expect(201);

        JsonNode managers =
                server.api().get(server.core("resourcequotas/q")).expect(200).at("/metadata/managedFields");

        assertThat(managers)
                .anySatisfy(entry -> {
                    assertThat(entry.path("manager").asText()).isEqualTo("kube-apiserver");
                    assertThat(entry.path("subresource").asText()).isEqualTo("status");
                    assertThat(entry.path("fieldsV1")).isEqualTo(Api.yaml("{f:status: {f:used: {f:secrets: {}}}}"));
                })
                .anySatisfy(entry -> assertThat(entry.path("manager").asText()).isEqualTo("kube-controller-manager"));
    }

    @OnBoth
    void aQuotaThatSaysNonsenseIsInvalid(Server server) {
        assertThat(invalid(server, "{hard: {foo: 1}}"))
                .isEqualTo(
                        "[spec.hard[foo]: Invalid value: \"foo\": must be a standard resource type or fully qualified,"
                                + " spec.hard[foo]: Invalid value: \"foo\": must be a standard resource for quota]");
        assertThat(invalid(server, "{hard: {pods: 1.5}}"))
                .isEqualTo("spec.hard[pods]: Invalid value: \"1500m\": must be an integer");
        assertThat(invalid(server, "{hard: {cpu: -1}}"))
                .isEqualTo("spec.hard[cpu]: Invalid value: \"-1\": must be greater than or equal to 0");
        assertThat(invalid(server, "{scopes: [Terminating, NotTerminating], hard: {pods: 1}}"))
                .isEqualTo("spec.scopes: Invalid value: [\"Terminating\",\"NotTerminating\"]: conflicting scopes");
        assertThat(invalid(server, "{scopes: [BestEffort], hard: {pods: 1, cpu: 1}}"))
                .isEqualTo("spec.scopes: Invalid value: [\"BestEffort\"]: unsupported scope applied to resource");
        assertThat(
                        invalid(
                                server,
                                "{scopeSelector: {matchExpressions: [{scopeName: PriorityClass, operator: In}]}, hard: {pods: 1}}"))
                .isEqualTo("spec.scopeSelector.matchExpressions.values: Required value: must be at least one value when"
                        + " `operator` is 'In' or 'NotIn' for scope selector");
        quota(server, "q", "{scopes: [BestEffort], hard: {pods: 1}}");
        assertThat(server.api()
                        .merge(server.core("resourcequotas/q"), "spec: {scopes: [NotBestEffort]}")
                        .refused(422, "Invalid")
                        .message())
                .endsWith("spec.scopes: Invalid value: [\"NotBestEffort\"]: field is immutable");
    }

    private static String invalid(Server server, String spec) {
        return make(server, "resourcequotas", "wrong", spec)
                .refused(422, "Invalid")
                .message()
                .replace("ResourceQuota \"wrong\" is invalid: ", "");
    }
}
