package io.driftless.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/// What is in a cluster before anybody has made anything, and what comes to it by itself.
class FirstObjectsTest {
    private static final String ADDRESSES = "/apis/networking.k8s.io/v1/ipaddresses";
    private static final String RBAC = "/apis/rbac.authorization.k8s.io/v1/";
    private static final String FLOWS = "/apis/flowcontrol.apiserver.k8s.io/v1/";
    private static final String SERVICES = "/apis/apiregistration.k8s.io/v1/apiservices";

    private static List<String> names(Server server, String path) {
        return server.api().get(path).expect(200).names();
    }

    private static long own(Server server, String path) {
        return names(server, path).stream()
                .filter(name -> name.startsWith("system:"))
                .count();
    }

    @OnBoth
    void rolesOfTheSystemAreBoundToWhoHasThem(Server server) {
        assertThat(own(server, RBAC + "clusterroles")).isEqualTo(65);
        assertThat(own(server, RBAC + "clusterrolebindings")).isEqualTo(49);
        assertThat(own(server, RBAC + "namespaces/kube-system/roles")).isEqualTo(5);
        assertThat(own(server, RBAC + "namespaces/kube-system/rolebindings")).isEqualTo(6);
        assertThat(names(server, RBAC + "namespaces/kube-public/roles"))
                .containsExactly("system:controller:bootstrap-signer");
        Answer binding = server.api()
                .get(RBAC + "clusterrolebindings/system:controller:job-controller")
                .expect(200);
        assertThat(binding.at("/subjects").toString())
                .isEqualTo("[{\"kind\":\"ServiceAccount\",\"name\":\"job-controller\",\"namespace\":\"kube-system\"}]");
        assertThat(names(server, "/api/v1/namespaces/kube-system/serviceaccounts"))
                .hasSizeGreaterThanOrEqualTo(36)
                .contains("default", "job-controller", "generic-garbage-collector");
    }

    @OnBoth
    void sharesOfTheServerAreThere(Server server) {
        assertThat(names(server, FLOWS + "prioritylevelconfigurations"))
                .contains(
                        "catch-all",
                        "exempt",
                        "global-default",
                        "leader-election",
                        "node-high",
                        "system",
                        "workload-high",
                        "workload-low");
        assertThat(names(server, FLOWS + "flowschemas"))
                .contains(
                        "catch-all",
                        "exempt",
                        "global-default",
                        "kube-controller-manager",
                        "kube-scheduler",
                        "kube-system-service-accounts",
                        "probes",
                        "service-accounts",
                        "system-leader-election",
                        "system-node-high",
                        "system-nodes");
        Answer probes = server.api().get(FLOWS + "flowschemas/probes").expect(200);
        assertThat(probes.at("/spec/matchingPrecedence").asInt()).isEqualTo(2);
        assertThat(Conditions.is(probes.body(), "Dangling", "False")).isTrue();
    }

    @OnBoth
    void everyGroupIsAnApiServiceAlsoOneOfDefinitions(Server server) {
        assertThat(names(server, SERVICES)).contains("v1.", "v1.apps", "v2.autoscaling", "v1.events.k8s.io");
        Answer apps = server.api().get(SERVICES + "/v1.apps").expect(200);
        assertThat(apps.at("/spec"))
                .isEqualTo(Api.yaml("{group: apps, version: v1, groupPriorityMinimum: 17800, versionPriority: 15}"));
        assertThat(Conditions.is(apps.body(), "Available", "True")).isTrue();

        String plural = Crds.define(server, "served", "type: object", "");
        JsonNode defined = server.await(
                SERVICES + "/v1." + Crds.GROUP, "it is available", one -> Conditions.is(one, "Available", "True"));
        assertThat(defined.at("/metadata/labels").toString())
                .isEqualTo("{\"kube-aggregator.kubernetes.io/automanaged\":\"true\"}");
        assertThat(defined.at("/spec/groupPriorityMinimum").asInt()).isEqualTo(1000);
        assertThat(plural).isNotEmpty();
    }

    @OnBoth
    void whatPodsAndFurtherServersTrustIsInConfigMaps(Server server) {
        assertThat(names(server, "/api/v1/namespaces/kube-system/configmaps"))
                .contains(
                        "extension-apiserver-authentication",
                        "kube-apiserver-legacy-service-account-token-tracking",
                        "kube-root-ca.crt");
        JsonNode data = server.api()
                .get("/api/v1/namespaces/kube-system/configmaps/extension-apiserver-authentication")
                .at("/data");
        assertThat(data.path("requestheader-username-headers").asText()).isEqualTo("[\"X-Remote-User\"]");
        assertThat(data.has("client-ca-file")).isTrue();
    }

    @OnBoth
    void addressesComeAndGoWithTheirServices(Server server) {
        assertThat(server.api()
                        .get("/apis/networking.k8s.io/v1/servicecidrs/kubernetes")
                        .at("/spec/cidrs")
                        .toString())
                .isEqualTo("[\"10.96.0.0/16\"]");
        assertThat(server.api().get(ADDRESSES + "/10.96.0.1").at("/spec/parentRef"))
                .isEqualTo(Api.yaml("{resource: services, namespace: default, name: kubernetes}"));
        Answer service = server.api()
                .post(server.core("services"), "{metadata: {name: a}, spec: {ports: [{port: 80}]}}")
                .expect(201);
        String address = service.text("/spec/clusterIP");

        JsonNode record = server.await(ADDRESSES + "/" + address, "it is there", one -> one.has("spec"));

        assertThat(record.at("/metadata/labels"))
                .isEqualTo(Api.yaml("{ipaddress.kubernetes.io/ip-family: IPv4, ipaddress.kubernetes.io/managed-by:"
                        + " ipallocator.k8s.io}"));
        ObjectNode parent = Api.JSON.createObjectNode().put("resource", "services");
        assertThat(record.at("/spec/parentRef"))
                .isEqualTo(parent.put("namespace", server.namespace()).put("name", "a"));
        Causes.refused(
                server.api()
                        .post(
                                server.core("services"),
                                "{metadata: {name: b}, spec: {clusterIP: " + address + ", ports: [{port: 80}]}}"),
                "spec.clusterIPs: Invalid value: [\"" + address + "\"]: ",
                "failed to allocate IP " + address + ": provided IP is already allocated");
        Causes.refused(
                server.api().merge(ADDRESSES + "/" + address, "spec: {parentRef: {name: b}}"),
                "spec.parentRef: Invalid value: {\"Group\":\"\",\"Resource\":\"services\",\"Namespace\":\""
                        + server.namespace() + "\",\"Name\":\"b\"}: ",
                "field is immutable");
        Causes.refused(
                server.api().post(ADDRESSES, "{metadata: {name: a}, spec: {parentRef: {resource: r}}}"),
                "",
                "metadata.name: Invalid value: \"a\": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)",
                "spec.parentRef.name: Required value");
        server.api().delete(server.core("services/a")).expect(200);
        server.awaitGone(ADDRESSES + "/" + address);
    }
}
