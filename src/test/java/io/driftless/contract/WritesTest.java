package io.driftless.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/// Differences that random requests found: what a write needs, what it makes, who comes to own what by it.
class WritesTest {
    private static final String MAP = "{apiVersion: v1, kind: ConfigMap, metadata: {name: a%s}%s}";

    @OnBoth
    void someKindsAreUpdatedOfAVersionAlone(Server server) {
        String leases = server.path("coordination.k8s.io/v1", "leases");
        server.api()
                .post(leases, "{metadata: {name: a}, spec: {holderIdentity: x}}")
                .expect(201);

        Answer refused = server.api()
                .put(leases + "/a", "{metadata: {name: a}, spec: {holderIdentity: other}}")
                .refused(422, "Invalid");

        assertThat(refused.message())
                .isEqualTo(
                        "leases.coordination.k8s.io \"a\" is invalid: metadata.resourceVersion: Invalid value: 0: must be"
                                + " specified for an update");
    }

    @OnBoth
    void anUpdateMakesWhatOnlyNamesThings(Server server) {
        Answer made = server.api()
                .put(
                        server.path("rbac.authorization.k8s.io/v1", "roles/a"),
                        "{metadata: {name: a}, rules: [{apiGroups: ['']," + " resources: [pods], verbs: [get]}]}")
                .expect(201);
        assertThat(made.text("/rules/0/verbs/0")).isEqualTo("get");
        server.api()
                .put(server.core("configmaps/none"), "{metadata: {name: none}}")
                .refused(404, "NotFound");
    }

    @OnBoth
    void anApplyOwnsWhatItSaysIsEmpty(Server server) {
        server.api()
                .post(server.core("configmaps"), "{metadata: {name: a}, data: {k: v}}")
                .expect(201);

        Answer applied = server.api()
                .apply(server.core("configmaps/a?fieldManager=two"), MAP.formatted(", annotations: {}", ""))
                .expect(200);

        assertThat(entry(applied, "two").at("/fieldsV1/f:metadata").has("f:annotations"))
                .isTrue();
        assertThat(applied.at("/metadata").has("annotations")).isFalse();
    }

    @OnBoth
    void whoAppliesWhatThereIsHasChangedItAtNoTime(Server server) {
        server.api()
                .post(server.core("configmaps"), "{metadata: {name: a}, data: {k: v}}")
                .expect(201);

        Answer applied = server.api()
                .apply(server.core("configmaps/a?fieldManager=two"), MAP.formatted("", ", data: {k: v}"))
                .expect(200);

        assertThat(entry(applied, "two").has("time")).isFalse();
    }

    @OnBoth
    void nobodyOwnsWhatTheServerAllocates(Server server) {
        Answer service = server.api()
                .post(server.core("services"), "{metadata: {name: a}, spec: {ports: [{port: 80}]}}")
                .expect(201);
        assertThat(service.at("/metadata/managedFields/0/fieldsV1/f:spec").has("f:clusterIP"))
                .isFalse();
        Answer job = server.api().post(server.path("batch/v1", "jobs"), """
                        metadata: {name: a}
                        spec: {suspend: true, template: {spec: {restartPolicy: Never, containers: [{name: c, image: i}]}}}
                        """).expect(201);
        assertThat(job.at("/metadata/managedFields/0/fieldsV1/f:spec").has("f:selector"))
                .isFalse();
    }

    @OnBoth
    void whatNobodyOwnsIsNotOwnedByAnUpdate(Server server) {
        server.api().post(server.core("serviceaccounts"), "metadata: {name: a}").expect(201);

        Answer patched = server.api()
                .merge(server.core("serviceaccounts/a"), "automountServiceAccountToken: true")
                .expect(200);

        assertThat(patched.at("/metadata").has("managedFields")).isFalse();
    }

    @OnBoth
    void optionsAreLookedAtFirst(Server server) {
        Answer none = server.api()
                .apply(server.core("configmaps/a"), MAP.formatted("", ""))
                .refused(422, "Invalid");
        assertThat(none.message())
                .isEqualTo(
                        "PatchOptions.meta.k8s.io \"\" is invalid: fieldManager: Required value: is required for apply"
                                + " patch");
        assertThat(none.text("/details/causes/0/field")).isEqualTo("fieldManager");
        server.api()
                .merge(server.core("configmaps/none?fieldValidation=Some"), "{}")
                .refused(422, "Invalid");
        server.api().delete(server.core("configmaps/none"), "dryRun: [Some]").refused(422, "Invalid");
        server.api()
                .put(server.core("configmaps/none"), "{metadata: {name: other}}")
                .refused(400, "BadRequest");
    }

    @OnBoth
    void aConflictOfManagersIsToldBeforeOneOfVersions(Server server) {
        server.api()
                .post(server.core("configmaps"), "{metadata: {name: a}, data: {k: v}}")
                .expect(201);

        Answer refused = server.api()
                .apply(
                        server.core("configmaps/a?fieldManager=two"),
                        MAP.formatted(", resourceVersion: '1'", ", data: {k: w}"))
                .refused(409, "Conflict");

        assertThat(refused.message()).startsWith("Apply failed with 1 conflict");
    }

    @OnBoth
    void aStrategicPatchThatDoesNotFitIsToldInItsWords(Server server) {
        server.api()
                .post(server.core("configmaps"), "{metadata: {name: a}, data: {k: v}}")
                .expect(201);

        Answer number = server.api()
                .strategic(server.core("configmaps/a"), "data: {k: 1}")
                .refused(422, "Invalid");
        Answer flag = server.api()
                .strategic(server.core("configmaps/a"), "data: {k: true}")
                .refused(422, "Invalid");

        assertThat(number.message()).endsWith("cannot convert int64 to string");
        assertThat(flag.message()).endsWith("unrecognized type: string");
    }

    @OnBoth
    void aJobThatIsDeletedLeavesItsPodsUnlessToldOtherwise(Server server) {
        server.api().post(server.path("batch/v1", "jobs"), """
                        metadata: {name: a}
                        spec: {suspend: true, template: {spec: {restartPolicy: Never, containers: [{name: c, image: i}]}}}
                        """).expect(201);

        Answer deleted = server.api().delete(server.path("batch/v1", "jobs/a")).expect(200);

        assertThat(deleted.header("Warning")).contains("child pods are preserved by default when jobs are deleted");
        assertThat(deleted.at("/metadata/finalizers").toString()).contains("orphan");
        server.awaitGone(server.path("batch/v1", "jobs/a"));
    }

    @OnBoth
    void whatIsHardlyMeantSoIsWarnedOf(Server server) {
        Answer service = server.api()
                .post(
                        server.core("services"),
                        "{metadata: {name: a}, spec: {externalName: a.b, sessionAffinity: ClientIP, ports: [{port: 80}]}}")
                .expect(201);
        assertThat(service.header("Warning"))
                .isEqualTo("299 - \"spec.externalName is ignored when spec.type is not \\\"ExternalName\\\"\"");
        assertThat(service.at("/spec/sessionAffinityConfig/clientIP/timeoutSeconds")
                        .asInt())
                .isEqualTo(10_800);
    }

    @OnBoth
    void networkPoliciesAndPathsAreLookedInto(Server server) {
        Answer policy = server.api()
                .post(
                        server.path("networking.k8s.io/v1", "networkpolicies"),
                        "{metadata: {name: a}, spec: {podSelector: {}, ingress: [{ports: [{port: 80, protocol: Some}], from: [{}]}]}}")
                .refused(422, "Invalid");
        assertThat(fields(policy))
                .containsExactlyInAnyOrder("spec.ingress[0].ports[0].protocol", "spec.ingress[0].from[0]");
        Answer ingress = server.api()
                .post(server.path("networking.k8s.io/v1", "ingresses"), """
                        metadata: {name: a}
                        spec: {rules: [{http: {paths: [{path: x, pathType: Prefix, backend: {service: {name: s, port: {number: 80}}}}]}}]}
                        """)
                .refused(422, "Invalid");
        assertThat(ingress.message()).contains("Invalid value: \"x\": must be an absolute path");
    }

    private static List<String> fields(Answer refused) {
        return refused.at("/details/causes").findValuesAsText("field");
    }

    private static JsonNode entry(Answer answer, String manager) {
        for (JsonNode entry : answer.at("/metadata/managedFields")) {
            if (entry.path("manager").asText().equals(manager)) {
                return entry;
            }
        }
        throw new AssertionError(manager + " owns nothing: " + answer.raw());
    }
}
