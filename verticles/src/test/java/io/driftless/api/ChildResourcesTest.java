package io.driftless.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.auth.AuthMode;
import io.driftless.events.Health;
import io.driftless.events.HealthStatus;
import io.driftless.events.LiveEvent.ResourceObserved;
import io.driftless.events.ResourceId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What lies below the resources of an Application: shown, looked at, acted on.
class ChildResourcesTest {
    private static final String APP = "application.ApplicationService/";
    private static final ResourceId CRON = new ResourceId("batch", "CronJob", "shop", "nightly");
    private static final ResourceId JOB = new ResourceId("batch", "Job", "shop", "nightly-1");
    private static final ResourceId POD = new ResourceId("", "Pod", "shop", "web-1-a");
    private final ApiStand stand = new ApiStand();

    @BeforeEach
    void start() throws Exception {
        stand.create("""
                {"apiVersion":"argoproj.io/v1alpha1","kind":"Application","metadata":{"name":"app","namespace":"argocd"},
                 "spec":{"source":{"repoURL":"u"},"destination":{"server":"memory"}}}
                """);
        JsonNode cron = stand.create("""
                {"apiVersion":"batch/v1","kind":"CronJob","metadata":{"name":"nightly","namespace":"shop","uid":"c"},"spec":{}}
                """);
        stand.create("""
                {"apiVersion":"batch/v1","kind":"Job","metadata":{"name":"nightly-1","namespace":"shop","uid":"j"},"spec":{}}
                """);
        stand.create("""
                {"apiVersion":"v1","kind":"Pod","metadata":{"name":"web-1-a","namespace":"shop","uid":"web-1-a"},"spec":{}}
                """);
        for (String uid : new String[] {"j", "stranger"}) {
            stand.create("""
                    {"apiVersion":"v1","kind":"Event","metadata":{"name":"e-%s","namespace":"shop"},
                     "involvedObject":{"uid":"%s"},"reason":"Started"}
                    """.formatted(uid, uid));
        }
        stand.start(AuthMode.NONE);
        stand.events.say(
                new ResourceObserved(
                        ApiEvents.APP, "memory", CRON, "batch/v1", "c", "1", cron, Health.of(HealthStatus.HEALTHY)),
                "chain");
        stand.events.say(ApiEvents.child(JOB, "batch/v1", "j", CRON, "c"), "chain");
        stand.events.say(
                ApiEvents.child(POD, "v1", "web-1-a", new ResourceId("apps", "ReplicaSet", "shop", "web-1"), "r"),
                "chain");
        await().until(() -> stand.told(APP + "ResourceTree", "{\"applicationName\":\"app\"}")
                        .path("nodes")
                        .size()
                == 3);
    }

    @AfterEach
    void stop() {
        stand.close();
    }

    @Test
    void aJobBelowIsEndedByAnActionAndItsEventsAreShown() throws Exception {
        String job =
                "\"name\":\"app\",\"namespace\":\"shop\",\"resourceName\":\"nightly-1\",\"group\":\"batch\",\"kind\":\"Job\"";
        assertThat(stand.told(APP + "ListResourceActions", '{' + job + '}').path("actions"))
                .extracting(action -> action.path("name").asText())
                .containsExactly("resume", "suspend", "terminate");
        assertThat(stand.grpc(APP + "RunResourceActionV2", '{' + job + ",\"action\":\"terminate\"}")
                        .status())
                .isZero();
        assertThat(stand.cluster
                        .get(JOB, null)
                        .orElseThrow()
                        .at("/spec/activeDeadlineSeconds")
                        .asInt())
                .isEqualTo(1);
        JsonNode events = stand.told(
                APP + "ListResourceEvents",
                "{\"name\":\"app\",\"resourceName\":\"nightly-1\",\"resourceNamespace\":\"shop\",\"resourceUID\":\"j\"}");
        assertThat(events.path("items")).hasSize(1);
        assertThat(stand.told(APP + "ListResourceEvents", "{\"name\":\"app\",\"resourceUID\":\"stranger\"}")
                        .path("items"))
                .isEmpty();
    }

    @Test
    void patchesOfEveryFormReachWhatLiesBelow() throws Exception {
        String job =
                "{\"name\":\"app\",\"namespace\":\"shop\",\"resourceName\":\"nightly-1\",\"group\":\"batch\",\"kind\":\"Job\",";
        assertThat(stand.grpc(
                                APP + "PatchResource",
                                job
                                        + "\"patchType\":\"application/json-patch+json\",\"patch\":\"[{\\\"op\\\":\\\"add\\\",\\\"path\\\":\\\"/spec/suspend\\\",\\\"value\\\":true}]\"}")
                        .status())
                .isZero();
        assertThat(stand.cluster
                        .get(JOB, null)
                        .orElseThrow()
                        .at("/spec/suspend")
                        .asBoolean())
                .isTrue();
        for (String bad : new String[] {
            "\"patchType\":\"application/json-patch+json\",\"patch\":\"{}\"}",
            "\"patchType\":\"application/apply-patch+yaml\",\"patch\":\"{}\"}",
            "\"patchType\":\"merge\",\"patch\":\"[]\"}",
            "\"patchType\":\"merge\",\"patch\":\"{\"}"
        }) {
            assertThat(stand.grpc(APP + "PatchResource", job + bad).status())
                    .as(bad)
                    .isEqualTo(3);
        }
    }

    @Test
    void whatLiesBelowIsShownWithItsOwners() throws Exception {
        JsonNode tree = stand.grpc(APP + "ResourceTree", "{\"applicationName\":\"app\"}")
                .messages()
                .getFirst();
        JsonNode pod = tree.path("nodes").path(1);
        assertThat(pod.path("name").asText()).isEqualTo("web-1-a");
        assertThat(pod.at("/parentRefs/0/name").asText()).isEqualTo("web-1");
        assertThat(pod.at("/parentRefs/0/group").asText()).isEqualTo("apps");
        assertThat(pod.at("/info/0/value").asText()).isEqualTo("1/1");
        assertThat(pod.at("/images/0").asText()).isEqualTo("image:1");
        assertThat(pod.at("/networkingInfo/labels/app").asText()).isEqualTo("web");
        assertThat(pod.at("/health/status").asText()).isEqualTo("Healthy");
    }

    @Test
    void whatLiesBelowIsLookedAtAndDeletedAsLongAsItIsTheSameObject() throws Exception {
        String pod = "{\"name\":\"app\",\"namespace\":\"shop\",\"resourceName\":\"web-1-a\",\"kind\":\"Pod\"}";
        assertThat(stand.grpc(APP + "GetResource", pod)
                        .messages()
                        .getFirst()
                        .path("manifest")
                        .asText())
                .contains("\"uid\":\"web-1-a\"");
        assertThat(stand.grpc(APP + "DeleteResource", pod).status()).isZero();
        stand.create("""
                {"apiVersion":"v1","kind":"Pod","metadata":{"name":"web-1-a","namespace":"shop","uid":"another"}}
                """);
        assertThat(stand.grpc(APP + "GetResource", pod).status()).isEqualTo(5);
    }
}
