package io.driftless.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

/// What is wrong with objects of kinds that are no workloads, and what never changes in them.
class RefusedKindsTest {
    private static final String NETWORKING = "networking.k8s.io/v1";

    private static Answer refused(Server server, String path, String body) {
        return server.api().post(path, body).refused(422, "Invalid");
    }

    @OnBoth
    void aServiceHasOnlyWhatItsTypeHas(Server server) {
        String services = server.core("services");

        assertThat(refused(server, services, """
                {metadata: {name: a}, spec: {ports: [{port: 80, nodePort: 30100, targetPort: a--b}], externalTrafficPolicy: Local, loadBalancerClass: a.b/c}}
                """).at("/details/causes").findValuesAsText("message"))
                .containsExactly(
                        "Invalid value: \"a--b\": must not contain consecutive hyphens",
                        "Forbidden: may not be used when `type` is 'ClusterIP'",
                        "Forbidden: may only be used when `type` is 'LoadBalancer'",
                        "Invalid value: \"Local\": may only be set for externally-accessible services");
        assertThat(refused(server, services, "{metadata: {name: a}, spec: {clusterIP: 1.2.3.4, ports: [{port: 80}]}}")
                        .message())
                .contains("failed to allocate IP 1.2.3.4: the provided network does not match the current range");
        assertThat(refused(
                                server,
                                services,
                                "{metadata: {name: a}, spec: {ipFamilyPolicy: RequireDualStack, ports: [{port: 0}]}}")
                        .message())
                .endsWith("\"RequireDualStack\": this cluster is not configured for dual-stack services");
    }

    @OnBoth
    void aServiceThatIsReachedFromNowhereForgetsHowItWas(Server server) {
        String service = server.core("services") + "/a";
        server.api()
                .post(
                        server.core("services"),
                        "{metadata: {name: a}, spec: {type: NodePort, externalTrafficPolicy: Local, ports: [{port: 80}]}}")
                .expect(201);

        Answer inside = server.api().merge(service, "spec: {type: ClusterIP}").expect(200);

        assertThat(inside.at("/spec").has("externalTrafficPolicy")).isFalse();
        assertThat(inside.at("/spec/ports/0").has("nodePort")).isFalse();
        server.api()
                .merge(service, "spec: {type: ClusterIP, allocateLoadBalancerNodePorts: false}")
                .refused(422, "Invalid");
    }

    @OnBoth
    void anIngressLeadsToOnePortOfOneService(Server server) {
        assertThat(refused(server, server.path(NETWORKING, "ingresses"), """
                metadata: {name: a}
                spec:
                  ingressClassName: ''
                  tls: [{hosts: ['*.*.a'], secretName: Bad_Name}]
                  rules:
                  - host: 1.2.3.4
                    http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: s, port: {name: a, number: 1}}}}]}
                """)
                        .at("/details/causes")
                        .findValuesAsText("field"))
                .containsExactly(
                        "spec.rules[0].host",
                        "spec.rules[0].http.paths[0].backend",
                        "spec.tls[0].hosts[0]",
                        "spec.tls[0].secretName",
                        "spec.ingressClassName");
    }

    @OnBoth
    void aBudgetIsANumberOrAPercentage(Server server) {
        String budgets = server.path("policy/v1", "poddisruptionbudgets");

        assertThat(refused(server, budgets, "{metadata: {name: a}, spec: {minAvailable: 150%}}")
                        .message())
                .endsWith("spec.minAvailable: Invalid value: \"150%\": must not be greater than 100%");
        assertThat(refused(server, budgets, "{metadata: {name: a}, spec: {maxUnavailable: -1}}")
                        .message())
                .endsWith("spec.maxUnavailable: Invalid value: -1: must be greater than or equal to 0");
        server.make("policy/v1", "poddisruptionbudgets", "a", "minAvailable: 1, selector: {matchLabels: {a: b}}");
        assertThat(server.api()
                        .strategic(budgets + "/a", "spec: {selector: {}}")
                        .expect(200)
                        .at("/spec/selector"))
                .isEmpty();
    }

    @OnBoth
    void anAutoscalerSaysWhatItMeasuresAndOfWhat(Server server) {
        assertThat(refused(server, server.path("autoscaling/v2", "horizontalpodautoscalers"), """
                metadata: {name: a}
                spec:
                  minReplicas: 0
                  maxReplicas: 0
                  scaleTargetRef: {kind: Deployment, name: a}
                  metrics: [{type: Resource}, {type: Resource, resource: {name: cpu, target: {type: Utilization}}}]
                """)
                        .at("/details/causes")
                        .findValuesAsText("field"))
                .contains(
                        "spec.minReplicas",
                        "spec.maxReplicas",
                        "spec.scaleTargetRef.apiVersion",
                        "spec.metrics[0].resource",
                        "spec.metrics[1].resource.target.averageUtilization",
                        "spec.metrics");
    }

    @OnBoth
    void aClaimThatWaitsIsToldWhatWouldChange(Server server) {
        server.api().post(server.core("persistentvolumeclaims"), """
                {metadata: {name: a}, spec: {accessModes: [ReadWriteOnce], storageClassName: none, resources: {requests: {storage: 1Gi}}}}
                """).expect(201);

        Answer grown = server.api()
                .merge(server.core("persistentvolumeclaims/a"), "spec: {resources: {requests: {storage: 2Gi}}}")
                .refused(422, "Invalid");

        assertThat(grown.text("/details/causes/0/message")).isEqualTo("""
                Forbidden: spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims
                @@ -6,7 +6,7 @@
                  "Resources": {
                   "Limits": null,
                   "Requests": {
                -   "storage": "1Gi"
                +   "storage": "2Gi"
                   }
                  },
                  "VolumeName": "",
                """);
    }

    @OnBoth
    void anEventOfAMomentSaysWhoTellsIt(Server server) {
        String about = "involvedObject: {kind: ConfigMap, name: a, namespace: " + server.namespace() + "}";

        assertThat(server.api()
                        .post(server.core("events"), "{metadata: {name: Any_Name}, " + about + "}")
                        .expect(201)
                        .at("/eventTime")
                        .isNull())
                .isTrue();
        assertThat(refused(
                                server,
                                server.core("events"),
                                "{metadata: {name: a}, eventTime: '2026-01-01T00:00:00.000000Z', " + about + "}")
                        .at("/details/causes")
                        .findValuesAsText("field"))
                .containsOnly("reportingComponent", "reportingInstance", "action", "reason");
    }

    @OnBoth
    void aBudgetIsUpdatedOfAVersion(Server server) {
        String budgets = server.path("policy/v1", "poddisruptionbudgets");
        server.make("policy/v1", "poddisruptionbudgets", "a", "minAvailable: 1, selector: {matchLabels: {a: b}}");

        assertThat(server.api()
                        .merge(budgets + "/a", "metadata: {resourceVersion: null}")
                        .refused(422, "Invalid")
                        .message())
                .endsWith("metadata.resourceVersion: Invalid value: 0: must be specified for an update");
        server.api()
                .post(budgets, "{metadata: {name: Any_Name}, spec: {minAvailable: 1}}")
                .expect(201);
    }

    @OnBoth
    void anUpdateOfAnotherUidThatIsNotThereMakesNothing(Server server) {
        assertThat(server.api()
                        .put(server.core("endpoints/a"), "{metadata: {name: a, uid: none}}")
                        .refused(409, "Conflict")
                        .message())
                .endsWith("Precondition failed: UID in precondition: none, UID in object meta: ");
    }

    @OnBoth
    void aVolumeStaysWhereItIs(Server server) {
        String volumes = "/api/v1/persistentvolumes";
        String name = server.namespace();
        server.deleteLater(volumes + "/" + name);
        server.api().post(volumes, """
                metadata: {name: %s}
                spec:
                  capacity: {storage: 1Gi}
                  accessModes: [ReadWriteOnce]
                  storageClassName: none-at-all
                  nfs: {server: s, path: /x}
                  nodeAffinity: {required: {nodeSelectorTerms: [{matchExpressions: [{key: a, operator: Exists}]}]}}
                """.formatted(name)).expect(201);

        assertThat(server.api()
                        .merge(volumes + "/" + name, "spec: {nodeAffinity: null}")
                        .refused(422, "Invalid")
                        .text("/details/causes/0/message"))
                .isEqualTo("Invalid value: null: field is immutable, except for updating from beta label to GA");
    }

    @OnBoth
    void aNetworkPolicyNamesRangesThatLieInOneAnother(Server server) {
        assertThat(refused(server, server.path(NETWORKING, "networkpolicies"), """
                metadata: {name: a}
                spec:
                  podSelector: {}
                  ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/8, except: [11.0.0.0/24]}}, {ipBlock: {cidr: 10.0.0.1/8}}]}]
                """)
                        .at("/details/causes")
                        .findValuesAsText("message"))
                .containsExactly(
                        "Invalid value: \"11.0.0.0/24\": must be a strict subset of `cidr`",
                        "Invalid value: \"10.0.0.1/8\": must not have bits set beyond the prefix length");
    }

    @OnBoth
    void rolesWithoutRulesShowThatTheyHaveNone(Server server) {
        String roles = server.path("rbac.authorization.k8s.io/v1", "roles");

        JsonNode rules =
                server.api().post(roles, "metadata: {name: a}").expect(201).at("/rules");

        assertThat(rules.isNull()).as("%s", rules).isTrue();
        assertThat(refused(
                                server,
                                roles,
                                "{metadata: {name: b}, rules: [{nonResourceURLs: [/a], resources: [pods], verbs: [get]}]}")
                        .message())
                .contains("rules cannot apply to both regular resources and non-resource URLs");
    }

    @OnBoth
    void classesHardlyChange(Server server) {
        String priorities = "/apis/scheduling.k8s.io/v1/priorityclasses";
        String name = server.namespace();
        server.deleteLater(priorities + "/" + name);
        server.api()
                .post(priorities, "{metadata: {name: " + name + "}, value: 5}")
                .expect(201);
        assertThat(server.api()
                        .merge(priorities + "/" + name, "{value: 6, preemptionPolicy: Never}")
                        .refused(422, "Invalid")
                        .at("/details/causes")
                        .findValuesAsText("message"))
                .containsExactly(
                        "Forbidden: may not be changed in an update.", "Invalid value: \"Never\": field is immutable");

        String storages = "/apis/storage.k8s.io/v1/storageclasses";
        server.deleteLater(storages + "/" + name);
        server.api()
                .post(storages, "{metadata: {name: " + name + "}, provisioner: a.b/c}")
                .expect(201);
        assertThat(server.api()
                        .merge(storages + "/" + name, "{provisioner: d, reclaimPolicy: Retain, parameters: {a: b}}")
                        .refused(422, "Invalid")
                        .at("/details/causes")
                        .findValuesAsText("field"))
                .containsExactly("parameters", "provisioner", "reclaimPolicy");
    }

    @OnBoth
    void anObjectHasOneControllerAmongItsOwners(Server server) {
        assertThat(refused(server, server.core("configmaps"), """
                metadata:
                  name: a
                  ownerReferences:
                  - {apiVersion: v1, kind: ConfigMap, name: b, uid: u, controller: true}
                  - {apiVersion: v1, kind: ConfigMap, name: c, uid: w, controller: true}
                """).text("/details/causes/0/message"))
                .startsWith("Invalid value: [{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"name\":\"b\",")
                .endsWith("Found \"true\" in references for ConfigMap/b and ConfigMap/c");
    }

    @OnBoth
    void endpointsHaveAddressesOfTheirType(Server server) {
        assertThat(refused(server, server.path("discovery.k8s.io/v1", "endpointslices"), """
                metadata: {name: a}
                addressType: IPv6
                endpoints: [{addresses: [1.2.3.4]}, {addresses: []}]
                ports: [{port: 80, protocol: Some}]
                """)
                        .at("/details/causes")
                        .findValuesAsText("field"))
                .containsExactly("ports[0].protocol", "endpoints[0].addresses", "endpoints[1].addresses");
    }

    @OnBoth
    void aCertificateThatIsNoneIsWarnedOf(Server server) {
        assertThat(server.api()
                        .post(
                                server.core("secrets"),
                                "{metadata: {name: a}, type: kubernetes.io/tls, data: {tls.crt: dg==, tls.key: dg==}}")
                        .expect(201)
                        .header("Warning"))
                .isEqualTo("299 - \"tls: failed to find any PEM data in certificate input\"");
    }

    @OnBoth
    void whoGivesANameAndTheBeginningOfOneIsToldToTryAgain(Server server) {
        String body = "metadata: {name: a, generateName: a-}";
        server.api().post(server.core("configmaps"), body).expect(201);

        Answer taken = server.api().post(server.core("configmaps"), body).refused(409, "AlreadyExists");

        assertThat(taken.message()).endsWith("the server was not able to generate a unique name for the object");
        assertThat(taken.at("/details/retryAfterSeconds").asInt()).isEqualTo(1);
        assertThat(taken.header("Retry-After")).isEqualTo("1");
    }

    @OnBoth
    void anotherUidIsToldWithWhereTheObjectLies(Server server) {
        server.make(
                "networking.k8s.io/v1", "ingresses", "a", "defaultBackend: {service: {name: s, port: {number: 1}}}");

        Answer other =
                server.api().put(server.path(NETWORKING, "ingresses/a"), """
                        metadata: {name: a, uid: 11111111-2222-3333-4444-555555555555}
                        spec: {defaultBackend: {service: {name: s, port: {number: 1}}}}
                        """).refused(409, "Conflict");

        assertThat(other.message()).contains("Key: /registry/ingress/" + server.namespace() + "/a,");
    }
}
