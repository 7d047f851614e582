package io.driftless.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.driftless.events.ApplicationEvent.ApplicationDeclared;
import io.driftless.events.ApplicationEvent.ApplicationRejected;
import io.driftless.events.ApplicationSpec.Automated;
import io.driftless.events.ApplicationSpec.Destination;
import io.driftless.events.ApplicationSpec.Directory;
import io.driftless.events.ApplicationSpec.IgnoreDifferences;
import io.driftless.events.ApplicationSpec.NamespaceMetadata;
import io.driftless.events.ApplicationSpec.Retry;
import io.driftless.events.ApplicationSpec.Source;
import io.driftless.events.ApplicationSpec.SyncPolicy;
import io.driftless.events.ChildEvent.ChildObserved;
import io.driftless.events.ChildEvent.Info;
import io.driftless.events.ChildEvent.Owner;
import io.driftless.events.ClusterEvent.ClusterDeclared;
import io.driftless.events.CommandEvent.RefreshRequested;
import io.driftless.events.CommandEvent.SyncRequested;
import io.driftless.events.CommandEvent.TerminateRequested;
import io.driftless.events.DeliveryEvent.NotificationDelivered;
import io.driftless.events.DeliveryEvent.NotificationFailed;
import io.driftless.events.DeliveryEvent.NotificationsBegan;
import io.driftless.events.DesiredEvent.Commit;
import io.driftless.events.DesiredEvent.ManifestsRendered;
import io.driftless.events.DesiredEvent.RenderFailed;
import io.driftless.events.DesiredEvent.RenderedResource;
import io.driftless.events.DesiredEvent.ResourceRendered;
import io.driftless.events.DriftEvent.ApplicationCompared;
import io.driftless.events.DriftEvent.FieldDifference;
import io.driftless.events.DriftEvent.ResourceVerdict;
import io.driftless.events.LiveEvent.ClusterObserved;
import io.driftless.events.LiveEvent.ClusterUnreachable;
import io.driftless.events.LiveEvent.ResourceObserved;
import io.driftless.events.OperationEvent.OperationRecorded;
import io.driftless.events.OperationEvent.Phase;
import io.driftless.events.OperationEvent.ResourceResult;
import io.driftless.events.ProjectRules.KindRule;
import io.driftless.events.ProjectRules.SyncWindow;
import io.driftless.events.PushEvent.Origin;
import io.driftless.events.PushEvent.RepositoryPushed;
import io.driftless.events.RevisionEvent.ManifestsGiven;
import io.driftless.events.RevisionEvent.RevisionRefused;
import io.driftless.events.RevisionEvent.RevisionRendered;
import io.driftless.events.RevisionEvent.RevisionResourceRendered;
import io.driftless.events.SyncEvent.CascadeCompleted;
import io.driftless.events.SyncEvent.ResourceApplied;
import io.driftless.events.SyncEvent.ResourceFailed;
import io.driftless.events.SyncEvent.ResourcePruned;
import io.driftless.events.SyncEvent.SyncFailed;
import io.driftless.events.SyncEvent.SyncRetryScheduled;
import io.driftless.events.SyncEvent.SyncStarted;
import io.driftless.events.SyncEvent.SyncSucceeded;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// One example of every event, as the first samples were written from.
final class Samples {
    private static final ApplicationName APP = new ApplicationName("argocd", "myapp-production");
    private static final ResourceId DEPLOYMENT = new ResourceId("apps", "Deployment", "production", "prod-myapp");
    private static final ResourceId SERVICE = new ResourceId("", "Service", "production", "prod-myapp");
    private static final String UID = "4a1f6a0e-1f0c-4d5c-9a37-0d2d2a5a6f10";
    private static final String REVISION = "8f4b7cf0f1d9f3f6a0f5c9cb2c86d7a0f2b31c11";
    private static final String OPERATION = "5d0c9a6e-77a9-4c0e-8c8c-2f9bc54e3f35";
    private static final String CLUSTER = Destination.IN_CLUSTER;
    private static final Instant START = Instant.parse("2026-11-25T10:00:00.123456Z");
    private static final Instant END = Instant.parse("2026-11-25T10:00:00.187654Z");
    private static final Retry RETRY = new Retry(5, 5_000, 2, 180_000);
    private static final String DIGEST = "9b74c9897bac770ffc029102a200c5de4c1b2a9c3b1e3a1a0a7b5c2d1e0f3a4b";
    private static final SyncRequested REQUEST = new SyncRequested(
            APP, OPERATION, "admin", REVISION, true, false, List.of(DEPLOYMENT), List.of("PruneLast=true"), RETRY);

    private static final ResourceRendered RESOURCE = new ResourceRendered(
            APP, SERVICE, "v1", DIGEST, json("{\"apiVersion\":\"v1\",\"kind\":\"Service\"}"), null, 0, List.of());

    private Samples() {}

    private static ProjectRules rules() {
        return new ProjectRules(
                List.of(new KindRule("", "Namespace", "team-*")),
                List.of(new KindRule("rbac.authorization.k8s.io", "*", "")),
                List.of(new KindRule("apps", "Deployment", ""), new KindRule("", "*", "")),
                List.of(new KindRule("", "LimitRange", "")),
                List.of("production", "team-*", "!team-x"),
                List.of(new SyncWindow(false, "0 22 * * *", 3_600_000, "Europe/Berlin", true, false)));
    }

    static List<Event> all() {
        return List.of(
                new ManifestsGiven(APP, OPERATION, "sealed:v1:bm9uY2UgYW5kIGNpcGhlcnRleHQ="),
                new RevisionResourceRendered(RESOURCE),
                new RevisionRendered(APP, OPERATION, REVISION, DIGEST, List.of(new RenderedResource(SERVICE, DIGEST))),
                new RevisionRefused(
                        APP,
                        OPERATION,
                        List.of(new Condition(
                                Condition.COMPARISON_ERROR, "revision v9 does not exist in the repository"))),
                new RepositoryPushed(
                        "github.com/example/gitops-config",
                        "refs/heads/main",
                        "0c1d2e3f405162738495a6b7c8d9eafb0c1d2e3f",
                        REVISION,
                        List.of("apps/myapp/overlays/production/kustomization.yaml"),
                        Origin.WEBHOOK,
                        "github"),
                new ApplicationDeclared(
                        APP,
                        UID,
                        3,
                        spec(),
                        json(
                                "{\"project\":\"default\",\"source\":{\"repoURL\":\"https://github.com/example/gitops-config\"}}"),
                        Map.of("notifications.argoproj.io/subscribe.on-sync-succeeded.slack", "deployments"),
                        List.of("resources-finalizer.argocd.argoproj.io"),
                        false,
                        rules(),
                        List.of(new Condition(
                                Condition.APPLICATION_CYCLE_WARNING,
                                "this Application deploys itself: take it out of its own repository"))),
                new ApplicationRejected(
                        APP,
                        UID,
                        4,
                        List.of(new Condition(
                                Condition.INVALID_SPEC_ERROR,
                                "spec.source.repoURL is missing: name the Git repository that holds the manifests"))),
                new ClusterDeclared("https://10.0.0.1:6443", "production", "argocd/cluster-production", List.of()),
                new ResourceRendered(
                        APP,
                        DEPLOYMENT,
                        "apps/v1",
                        DIGEST,
                        json(
                                "{\"apiVersion\":\"apps/v1\",\"kind\":\"Deployment\",\"metadata\":{\"name\":\"prod-myapp\"}}"),
                        "AbCdEf0123",
                        1,
                        List.of("PreSync")),
                new ManifestsRendered(
                        APP,
                        UID,
                        3,
                        "https://github.com/example/gitops-config",
                        "apps/myapp/overlays/production",
                        "main",
                        REVISION,
                        "Kustomize",
                        new Commit("Ada <ada@example.com>", "Release 1.4.2", 1_795_600_800L),
                        DIGEST,
                        List.of(new RenderedResource(DEPLOYMENT, DIGEST)),
                        List.of(new Condition(Condition.REPEATED_RESOURCE_WARNING, "Service prod-myapp appears twice")),
                        10_300,
                        1_900,
                        12L),
                new RenderFailed(
                        APP,
                        3,
                        REVISION,
                        List.of(new Condition(
                                Condition.COMPARISON_ERROR,
                                "apps/myapp/base/deployment.yaml:14: a tab cannot indent; use spaces"))),
                new ResourceObserved(
                        APP,
                        CLUSTER,
                        DEPLOYMENT,
                        "apps/v1",
                        UID,
                        "4711",
                        json(
                                "{\"apiVersion\":\"apps/v1\",\"kind\":\"Deployment\",\"metadata\":{\"name\":\"prod-myapp\"}}"),
                        new Health(HealthStatus.PROGRESSING, "Waiting for rollout to finish: 1 of 3 updated replicas")),
                new ClusterObserved(
                        CLUSTER,
                        List.of(new GroupKind("apps", "Deployment"), new GroupKind("", "Service")),
                        List.of(new GroupKind("example.com", "Widget"))),
                new ClusterUnreachable(CLUSTER, "connection refused"),
                new ChildObserved(
                        APP,
                        CLUSTER,
                        new ResourceId("", "Pod", "production", "prod-myapp-6d4b75cb6d-hzrpx"),
                        "v1",
                        "0e1e9a53-6f9b-44c3-8f5b-6a0a4d8f2c11",
                        "4720",
                        "2026-11-25T10:00:01Z",
                        List.of(new Owner(
                                "apps/v1",
                                new ResourceId("apps", "ReplicaSet", "production", "prod-myapp-6d4b75cb6d"),
                                "f0a4d5cd-1a57-4b39-9a57-38c38ac0e0aa")),
                        Health.of(HealthStatus.HEALTHY),
                        List.of(new Info("Status Reason", "Running"), new Info("Containers", "1/1")),
                        List.of("registry.example.com/myapp:1.2.3"),
                        json("{\"labels\":{\"app\":\"myapp\"}}")),
                new ApplicationCompared(
                        APP,
                        3,
                        REVISION,
                        DIGEST,
                        CLUSTER,
                        SyncStatus.OUT_OF_SYNC,
                        Health.of(HealthStatus.HEALTHY),
                        List.of(new ResourceVerdict(
                                DEPLOYMENT,
                                "apps/v1",
                                SyncStatus.OUT_OF_SYNC,
                                true,
                                true,
                                Health.of(HealthStatus.HEALTHY),
                                UID,
                                "4711",
                                DIGEST,
                                1,
                                List.of(new FieldDifference(
                                        "/spec/template/spec/containers/0/image",
                                        json("\"registry.example/myapp:1.4.2\""),
                                        json("\"registry.example/myapp:1.4.1\""))),
                                false,
                                DIGEST)),
                        List.of(new Condition(Condition.COMPARISON_ERROR, "repository unreachable"))),
                REQUEST,
                new RefreshRequested(APP, "admin", true),
                new TerminateRequested(APP, "admin"),
                new SyncStarted(APP, OPERATION, REVISION, "automated sync", 0, 2),
                new ResourceApplied(APP, OPERATION, DEPLOYMENT, false, "4712", 1_450),
                new ResourcePruned(APP, OPERATION, SERVICE),
                new ResourceFailed(
                        APP, OPERATION, SERVICE, "Service \"prod-myapp\" is invalid: spec.ports: Required value"),
                new SyncSucceeded(APP, OPERATION, REVISION, START, END, 1, 1),
                new SyncFailed(APP, OPERATION, REVISION, "one or more objects failed to apply", START, END),
                new CascadeCompleted(APP, OPERATION, UID, 6),
                new SyncRetryScheduled(APP, OPERATION, 1, END.plusSeconds(5), "the API server answered 503"),
                new OperationRecorded(
                        APP,
                        UID,
                        OPERATION,
                        7,
                        Phase.RUNNING,
                        REVISION,
                        DIGEST,
                        "admin",
                        false,
                        false,
                        REQUEST,
                        1,
                        END.plusSeconds(5),
                        0,
                        START,
                        END,
                        "waiting for healthy state of apps/Deployment/prod-myapp",
                        List.of(new ResourceResult(
                                DEPLOYMENT, "apps/v1", ResourceResult.SYNCED, "configured", "4711", "4712", DIGEST)),
                        List.of(OPERATION)),
                new NotificationsBegan(
                        APP, UID, List.of("webhook:chat"), List.of("webhook:chat|on-deployed=" + REVISION)),
                new NotificationDelivered(APP, "webhook:chat", "on-sync-succeeded", REVISION),
                new NotificationFailed(
                        APP, "webhook:chat", "on-sync-succeeded", REVISION, 5, "the receiver answered 500", true));
    }

    private static ApplicationSpec spec() {
        return new ApplicationSpec(
                "default",
                new Source(
                        "https://github.com/example/gitops-config",
                        "apps/myapp/overlays/production",
                        "main",
                        new Directory(true, "*.yaml", "*-test.yaml"),
                        json("{\"namePrefix\":\"prod-\"}")),
                new Destination(CLUSTER, "", "production"),
                new SyncPolicy(
                        new Automated(true, true, false, true),
                        List.of("CreateNamespace=true"),
                        RETRY,
                        new NamespaceMetadata(Map.of("team", "web"), Map.of("owner", "ada"))),
                List.of(new IgnoreDifferences(
                        "apps", "Deployment", "", "", List.of("/spec/replicas"), List.of(), List.of())),
                10);
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
