package io.driftless.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/// What is asked of pods beside their objects.
class PodRequestsTest {
    private static String running(Server server) {
        server.api()
                .post(
                        server.core("pods"),
                        "{metadata: {name: a, labels: {app: a}}, spec: {containers: [{name: one, image: i}, {name: two, image:"
                                + " i}]}}")
                .expect(201);
        String path = server.core("pods/a");
        server.await(path, "it runs", pod -> Conditions.is(pod, "Ready", "True"));
        return path;
    }

    private static Answer evict(Server server, String pod, String query) {
        return server.api()
                .post(pod + "/eviction" + query, "{apiVersion: policy/v1, kind: Eviction, metadata: {name: a}}");
    }

    @OnBoth
    void aPodIsEvictedWhereItsBudgetAllowsIt(Server server) {
        String pod = running(server);
        String budget = server.path("policy/v1", "poddisruptionbudgets");
        server.api()
                .post(budget, "{metadata: {name: a}, spec: {minAvailable: 1, selector: {matchLabels: {app: a}}}}")
                .expect(201);
        server.await(
                budget + "/a",
                "the budget is counted",
                one -> one.at("/status/currentHealthy").asInt() == 1);

        Answer refused = evict(server, pod, "").refused(429, "TooManyRequests");
        assertThat(refused.message()).isEqualTo("Cannot evict pod as it would violate the pod's disruption budget.");
        assertThat(refused.text("/details/causes/0/reason")).isEqualTo("DisruptionBudget");
        assertThat(refused.text("/details/causes/0/message"))
                .isEqualTo("The disruption budget a needs 1 healthy pods and has 1 currently");
        server.api().delete(budget + "/a").expect(200);
        server.await(
                "the budget is gone", () -> evict(server, pod, "?dryRun=All").code() == 201);
        server.api().get(pod).expect(200);
        assertThat(evict(server, pod, "").expect(201).text("/status")).isEqualTo("Success");
        server.awaitGone(pod);
        evict(server, pod, "").refused(404, "NotFound");
    }

    @OnBoth
    void logsAreThoseOfOneContainer(Server server) {
        String pod = running(server);

        assertThat(server.api().get(pod + "/log").refused(400, "BadRequest").message())
                .isEqualTo("a container name must be specified for pod a, choose one of: [one two]");
        assertThat(server.api()
                        .get(pod + "/log?container=three")
                        .refused(400, "BadRequest")
                        .message())
                .isEqualTo("container three is not valid for pod a");
        server.api().get(pod + "/log?container=one&tailLines=x").refused(400, "BadRequest");
        server.api().get(server.core("pods/none/log")).refused(404, "NotFound");
    }

    @OnBoth
    void somebodyElseMayScheduleAPod(Server server) {
        server.api()
                .post(
                        server.core("pods"),
                        "{metadata: {name: a}, spec: {schedulerName: mine, containers: [{name: c, image: i}]}}")
                .expect(201);
        String pod = server.core("pods/a");
        assertThat(server.api().get(pod + "/log").code()).isEqualTo(204);

        server.api()
                .post(
                        pod + "/binding",
                        "{apiVersion: v1, kind: Binding, metadata: {name: a}, target: {kind: Node, name: node-0}}")
                .expect(201);

        assertThat(server.api().get(pod).text("/spec/nodeName")).isEqualTo("node-0");
        server.await(pod, "it runs", one -> one.at("/status/phase").asText().equals("Running"));
        server.api()
                .post(
                        pod + "/binding",
                        "{apiVersion: v1, kind: Binding, metadata: {name: a}, target: {kind: Node, name: node-0}}")
                .refused(409, "Conflict");
    }

    @OnBoth
    void aBindingIsMadeByItself(Server server) {
        server.api()
                .post(
                        server.core("pods"),
                        "{metadata: {name: a}, spec: {schedulerName: mine, containers: [{name: c, image: i}]}}")
                .expect(201);
        String bindings = server.core("bindings");
        String bound = "{apiVersion: v1, kind: Binding, metadata: {name: a, labels: {p: q}}, target: {name: node-0}}";

        assertThat(server.api()
                        .post(bindings, "{metadata: {name: a}, target: {kind: Pod}}")
                        .expect(500)
                        .message())
                .isEqualTo("[target.kind: Unsupported value: \"Pod\": supported values: \"Node\", \"<empty>\","
                        + " target.name: Required value]");
        server.api()
                .post(bindings, "{metadata: {name: none}, target: {name: node-0}}")
                .refused(404, "NotFound");
        assertThat(server.api()
                        .post(
                                server.core("pods/a/binding"),
                                "{metadata: {name: other}, target: {kind: Node, name: node-0}}")
                        .refused(400, "BadRequest")
                        .message())
                .isEqualTo("name in URL does not match name in Binding object");
        server.api().post(bindings + "?dryRun=All", bound).expect(201);
        assertThat(server.api().get(server.core("pods/a")).at("/spec").has("nodeName"))
                .isFalse();
        assertThat(server.api().post(bindings, bound).expect(201).text("/status"))
                .isEqualTo("Success");
        Answer pod = server.api().get(server.core("pods/a"));
        assertThat(pod.text("/spec/nodeName")).isEqualTo("node-0");
        assertThat(pod.text("/metadata/labels/p")).isEqualTo("q");
        assertThat(Conditions.is(pod.body(), "PodScheduled", "True")).isTrue();
        assertThat(server.api().post(bindings, bound).refused(409, "Conflict").message())
                .isEqualTo("Operation cannot be fulfilled on pods/binding \"a\": pod a is already assigned to node"
                        + " \"node-0\"");
        server.api().get(bindings).refused(405, "MethodNotAllowed");
        server.api().get(bindings + "/a").refused(404, "NotFound");
    }

    @OnBoth
    void aPodThatWaitsForItsGatesOrForANodeOfNobodyDoesNotRun(Server server) {
        server.api()
                .post(
                        server.core("pods"),
                        "{metadata: {name: a}, spec: {schedulingGates: [{name: x.y/z}], containers: [{name: c, image: i}]}}")
                .expect(201);

        assertThat(server.api()
                        .post(server.core("pods/a/binding"), "{metadata: {name: a}, target: {name: node-0}}")
                        .refused(409, "Conflict")
                        .message())
                .isEqualTo("Operation cannot be fulfilled on pods/binding \"a\": pod a has non-empty"
                        + " .spec.schedulingGates");
        server.api()
                .merge(server.core("pods/a"), "spec: {schedulingGates: null}")
                .expect(200);
        server.await(
                server.core("pods/a"),
                "it runs",
                one -> one.at("/status/phase").asText().equals("Running"));
    }

    @OnBoth
    void anEvictionIsCountedBeforeThePodIsGone(Server server) {
        for (String name : List.of("a", "b", "c")) {
            server.api()
                    .post(
                            server.core("pods"),
                            "{metadata: {name: " + name
                                    + ", labels: {app: a}}, spec: {containers: [{name: c, image: i}]}}")
                    .expect(201);
        }
        String budgets = server.path("policy/v1", "poddisruptionbudgets");
        server.api()
                .post(
                        budgets,
                        "{metadata: {name: a}, spec: {minAvailable: 2, selector: {matchExpressions: [{key: app, operator: In,"
                                + " values: [a, b]}]}}}")
                .expect(201);
        server.await(
                budgets + "/a",
                "one may go",
                one -> one.at("/status/disruptionsAllowed").asInt() == 1);
        String pods = server.core("pods");

        assertThat(server.api()
                        .post(pods + "/a/eviction", "{metadata: {name: other}}")
                        .refused(400, "BadRequest")
                        .message())
                .isEqualTo("name in URL does not match name in Eviction object");
        String eviction = "{apiVersion: policy/v1, kind: Eviction, metadata: {name: %s}}";
        server.api().post(pods + "/a/eviction", eviction.formatted("a")).expect(201);
        Answer second = server.api().post(pods + "/b/eviction", eviction.formatted("b"));

        assertThat(second.refused(429, "TooManyRequests").text("/details/causes/0/reason"))
                .isEqualTo("DisruptionBudget");
        server.await(
                budgets + "/a",
                "it is gone",
                one -> one.at("/status/expectedPods").asInt() == 2
                        && !one.path("status").has("disruptedPods"));
        server.api().get(pods + "/b/eviction").refused(405, "MethodNotAllowed");
    }

    @OnBoth
    void nothingIsPassedOnToWhatIsNotThere(Server server) {
        server.api().get(server.core("pods/none/proxy/a/b")).refused(404, "NotFound");
        server.api().get(server.core("services/none/proxy/")).refused(404, "NotFound");
        server.api().get(server.core("services/https:none:443/proxy")).refused(404, "NotFound");
        server.api().get("/api/v1/nodes/none/proxy/x").refused(404, "NotFound");
        server.api().get(server.core("pods/none/exec?command=a")).refused(404, "NotFound");
    }

    @OnBoth
    void aSecretIsFilledWithALastingToken(Server server) {
        server.api()
                .post(server.core("serviceaccounts"), "metadata: {name: robot}")
                .expect(201);
        String secret = server.core("secrets/robot-token");
        server.api()
                .post(
                        server.core("secrets"),
                        "{metadata: {name: robot-token, annotations: {kubernetes.io/service-account.name: robot}}, type:"
                                + " kubernetes.io/service-account-token}")
                .expect(201);

        var filled =
                server.await(secret, "it has a token", one -> one.path("data").has("token"));

        assertThat(filled.path("data").has("ca.crt")).isTrue();
        assertThat(filled.at("/data/namespace").isTextual()).isTrue();
        assertThat(filled.at("/metadata/annotations/kubernetes.io~1service-account.uid")
                        .asText())
                .isNotEmpty();
        String token = new String(
                java.util.Base64.getDecoder().decode(filled.at("/data/token").asText()),
                java.nio.charset.StandardCharsets.UTF_8);
        Answer review = server.api()
                .post("/apis/authentication.k8s.io/v1/tokenreviews", "spec: {token: \"" + token + "\"}")
                .expect(201);
        assertThat(review.text("/status/user/username"))
                .isEqualTo("system:serviceaccount:" + server.namespace() + ":robot");
        server.api().delete(server.core("serviceaccounts/robot")).expect(200);
        server.awaitGone(secret);
    }

    @OnBoth
    void eventsAreOneInBothGroups(Server server) {
        server.api()
                .post(
                        server.core("events"),
                        "{metadata: {name: a}, involvedObject: {kind: Pod, name: x, namespace: " + server.namespace()
                                + "}, reason: Tried, message: often, type: Normal}")
                .expect(201);

        Answer other = server.api()
                .get(server.path("events.k8s.io/v1", "events") + "?fieldSelector=reason%3DTried")
                .expect(200);
        assertThat(other.text("/items/0/note")).isEqualTo("often");
        assertThat(other.text("/items/0/regarding/name")).isEqualTo("x");
        assertThat(server.api()
                        .get(server.core("events")
                                + "?fieldSelector=involvedObject.name%3Dx%2CinvolvedObject.kind%3DPod")
                        .expect(200)
                        .names())
                .containsExactly("a");
        server.api()
                .post(
                        server.core("events"),
                        "{metadata: {name: b}, involvedObject: {kind: Pod, name: x, namespace: elsewhere}, reason: Tried}")
                .refused(422, "Invalid");
    }
}
