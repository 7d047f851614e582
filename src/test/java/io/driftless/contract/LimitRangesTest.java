package io.driftless.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.StreamSupport;

/// Limit ranges: what they fill in, what they refuse, and what they must not say themselves.
class LimitRangesTest {
    private static final String CONTAINERS = """
            metadata: {name: l}
            spec:
              limits:
              - type: Container
                default: {cpu: 500m, memory: 256Mi}
                defaultRequest: {cpu: 100m}
                max: {cpu: "2"}
                min: {memory: 64Mi}
                maxLimitRequestRatio: {cpu: "5"}
            """;

    private static String pod(String... containers) {
        return "{metadata: {name: p}, spec: {containers: [" + String.join(", ", containers) + "]}}";
    }

    private static String container(String name, String resources) {
        return "{name: " + name + ", image: i, resources: " + resources + "}";
    }

    private static void limit(Server server, String range) {
        server.api().post(server.core("limitranges"), range).expect(201);
    }

    private static List<String> fields(Answer refused) {
        return StreamSupport.stream(refused.at("/details/causes").spliterator(), false)
                .map(cause -> cause.path("field").asText())
                .toList();
    }

    @OnBoth
    void whatContainersLeaveOpenIsFilledInAndSaid(Server server) {
        limit(server, CONTAINERS);

        Answer made = server.api()
                .post(
                        server.core("pods"),
                        "{metadata: {name: p, annotations: {mine: stays}}, spec: {initContainers: ["
                                + container("z", "{}")
                                + "], containers: [" + container("a", "{limits: {cpu: 300m}}") + ", "
                                + container("b", "{requests: {cpu: 200m, memory: 100Mi}}") + "]}}")
                .expect(201);

        assertThat(made.at("/spec/containers/0/resources"))
                .isEqualTo(Api.yaml("{limits: {cpu: 300m, memory: 256Mi}, requests: {cpu: 300m, memory: 256Mi}}"));
        assertThat(made.at("/spec/containers/1/resources"))
                .isEqualTo(Api.yaml("{limits: {cpu: 500m, memory: 256Mi}, requests: {cpu: 200m, memory: 100Mi}}"));
        assertThat(made.at("/spec/initContainers/0/resources"))
                .isEqualTo(Api.yaml("{limits: {cpu: 500m, memory: 256Mi}, requests: {cpu: 100m, memory: 256Mi}}"));
        assertThat(made.text("/status/qosClass")).isEqualTo("Burstable");
        assertThat(made.at("/metadata/annotations").path("mine").asText()).isEqualTo("stays");
        assertThat(made.at("/metadata/annotations")
                        .path("kubernetes.io/limit-ranger")
                        .asText())
                .isEqualTo("LimitRanger plugin set: memory request for container a; memory limit for container a;"
                        + " cpu, memory limit for container b; cpu, memory request for init container z;"
                        + " cpu, memory limit for init container z");
    }

    @OnBoth
    void nobodyOwnsWhatIsFilledIn(Server server) {
        limit(server, CONTAINERS);

        Answer made = server.api()
                .post(server.core("pods"), pod(container("a", "{limits: {cpu: 300m}}")))
                .expect(201);

        JsonNode owned = made.at("/metadata/managedFields/0/fieldsV1/f:spec/f:containers")
                .path("k:{\"name\":\"a\"}")
                .path("f:resources");
        assertThat(owned).isEqualTo(Api.yaml("{.: {}, f:limits: {.: {}, f:cpu: {}}, f:requests: {.: {}, f:cpu: {}}}"));
    }

    @OnBoth
    void aFilledInLimitBelowWhatIsAskedForIsInvalid(Server server) {
        limit(server, CONTAINERS);

        assertThat(server.api()
                        .post(server.core("pods"), pod(container("a", "{requests: {cpu: 700m}}")))
                        .refused(422, "Invalid")
                        .message())
                .isEqualTo(
                        "Pod \"p\" is invalid: spec.containers[0].resources.requests: Invalid value: \"700m\": must be"
                                + " less than or equal to cpu limit of 500m");
    }

    @OnBoth
    void containersOutOfBoundsAreForbidden(Server server) {
        limit(server, CONTAINERS);

        Answer refused = server.api()
                .post(
                        server.core("pods"),
                        pod(
                                container("a", "{limits: {cpu: 3}}"),
                                container("b", "{requests: {cpu: 10m, memory: 10Mi}}")))
                .refused(403, "Forbidden");

        assertThat(refused.message())
                .isEqualTo(
                        "pods \"p\" is forbidden: [maximum cpu usage per Container is 2, but limit is 3, minimum memory"
                                + " usage per Container is 64Mi, but request is 10Mi, cpu max limit to request ratio per Container"
                                + " is 5, but provided ratio is 50.000000]");
        assertThat(refused.at("/details")).isEqualTo(Api.yaml("{name: p, kind: pods}"));
    }

    @OnBoth
    void podsAsAWholeAreBounded(Server server) {
        limit(server, """
                metadata: {name: l}
                spec: {limits: [{type: Pod, max: {memory: 1Gi}, min: {cpu: 100m}, maxLimitRequestRatio: {memory: 2}}]}
                """);

        assertThat(server.api()
                        .post(
                                server.core("pods"),
                                pod(
                                        container("a", "{requests: {cpu: 50m, memory: 266Mi}, limits: {memory: 2Gi}}"),
                                        container("b", "{requests: {cpu: 20m}, limits: {memory: 256Mi}}")))
                        .refused(403, "Forbidden")
                        .message())
                .isEqualTo(
                        "pods \"p\" is forbidden: [minimum cpu usage per Pod is 100m, but request is 70m, maximum memory"
                                + " usage per Pod is 1Gi, but limit is 2304Mi, memory max limit to request ratio per Pod is 2, but"
                                + " provided ratio is 4.413793]");
        assertThat(server.api()
                        .post(server.core("pods"), pod(container("a", "{}")))
                        .refused(403, "Forbidden")
                        .message())
                .isEqualTo(
                        "pods \"p\" is forbidden: [minimum cpu usage per Pod is 100m.  No request is specified, maximum"
                                + " memory usage per Pod is 1Gi.  No limit is specified, memory max limit to request ratio per Pod"
                                + " is 2, but no request is specified or request is 0]");
    }

    @OnBoth
    void claimsAreBoundedInWhatTheyAskFor(Server server) {
        limit(server, """
                metadata: {name: l}
                spec: {limits: [{type: PersistentVolumeClaim, min: {storage: 1Gi}, max: {storage: 10Gi}}]}
                """);

        assertThat(claim(server, "1Mi").refused(403, "Forbidden").message())
                .isEqualTo(
                        "persistentvolumeclaims \"c\" is forbidden: minimum storage usage per PersistentVolumeClaim is"
                                + " 1Gi, but request is 1Mi");
        assertThat(claim(server, "20Gi").refused(403, "Forbidden").message())
                .isEqualTo(
                        "persistentvolumeclaims \"c\" is forbidden: maximum storage usage per PersistentVolumeClaim is"
                                + " 10Gi, but request is 20Gi");
        claim(server, "5Gi").expect(201);
    }

    private static Answer claim(Server server, String size) {
        return server.api()
                .post(
                        server.core("persistentvolumeclaims"),
                        "{metadata: {name: c}, spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: "
                                + size + "}}}}");
    }

    @OnBoth
    void defaultsOfALimitRangeFollowFromItsBounds(Server server) {
        Answer made = server.api().post(server.core("limitranges"), """
                metadata: {name: l}
                spec: {limits: [{type: Container, min: {cpu: 1, memory: 1024Mi}, max: {cpu: 2000m}}]}
                """).expect(201);

        assertThat(made.at("/spec/limits/0")).isEqualTo(Api.yaml("""
                type: Container
                min: {cpu: "1", memory: 1Gi}
                max: {cpu: "2"}
                default: {cpu: "2"}
                defaultRequest: {cpu: "2", memory: 1Gi}
                """));
    }

    @OnBoth
    void aLimitRangeThatContradictsItselfIsInvalid(Server server) {
        Answer contradicting = server.api().post(server.core("limitranges"), """
                metadata: {name: l}
                spec:
                  limits:
                  - {type: Container, min: {cpu: 500m}, max: {cpu: 1}, default: {cpu: 3}, defaultRequest: {cpu: 4}}
                  - {type: Container, maxLimitRequestRatio: {memory: 500m}}
                  - {type: Pod, default: {cpu: 1}}
                  - {type: PersistentVolumeClaim}
                """);

        assertThat(fields(contradicting.refused(422, "Invalid")))
                .containsExactlyInAnyOrder(
                        "spec.limits[0].defaultRequest[cpu]",
                        "spec.limits[0].defaultRequest[cpu]",
                        "spec.limits[0].default[cpu]",
                        "spec.limits[1].type",
                        "spec.limits[1].maxLimitRequestRatio[memory]",
                        "spec.limits[2].default",
                        "spec.limits[3].limits");
        assertThat(contradicting.message())
                .contains(
                        "Invalid value: \"4\": default request value 4 is greater than max value 1",
                        "Invalid value: \"4\": default request value 4 is greater than default limit value 3",
                        "Invalid value: \"1\": default value 3 is greater than max value 1",
                        "Duplicate value: \"Container\"",
                        "Invalid value: \"500m\": ratio 500m is less than 1",
                        "Forbidden: may not be specified when `type` is 'Pod'",
                        "Required value: either minimum or maximum storage value is required, but neither was provided");
        Answer unknown = server.api()
                .post(
                        server.core("limitranges"),
                        "{metadata: {name: l}, spec: {limits: [{type: Foo}, {type: Container, max: {pods: 1}}]}}");
        assertThat(unknown.refused(422, "Invalid").message())
                .contains(
                        "spec.limits[0].type: Invalid value: \"Foo\": must be a standard limit type or fully qualified",
                        "spec.limits[1].max[pods]: Invalid value: \"pods\": must be a standard resource for containers");
    }

    @OnBoth
    void withoutItsLimitRangeANamespaceBoundsNothing(Server server) {
        limit(server, CONTAINERS);
        server.api().delete(server.core("limitranges/l")).expect(200);

        server.await("the limit range is forgotten", () -> {
            Answer tried = server.api().post(server.core("pods") + "?dryRun=All", pod(container("a", "{}")));
            return tried.expect(201).at("/spec/containers/0/resources").isEmpty();
        });
    }
}
