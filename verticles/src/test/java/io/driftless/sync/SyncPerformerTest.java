package io.driftless.sync;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.cluster.ApiException;
import io.driftless.cluster.ClusterUnreachableException;
import io.driftless.cluster.Clusters;
import io.driftless.events.ApplicationSpec.IgnoreDifferences;
import io.driftless.events.ResourceId;
import io.driftless.objects.Basis;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SyncPerformerTest {
    private static final ResourceId ID = Thing.id("ConfigMap", "web");
    private final FencedCluster cluster = new FencedCluster();
    private final SyncPerformer performer = new SyncPerformer(_ -> cluster, SyncPerformerTest::opened);

    @Test
    void createsWhatIsMissingAndChangesWhatIsAsItWasSeen() {
        var created = (SyncOutcome.Applied) performer.perform("", apply("", "", 1, ""));
        assertThat(created.created()).isTrue();

        var live = cluster.objects.get(ID);
        var changed = (SyncOutcome.Applied)
                performer.perform("", apply(FencedCluster.uidOf(live), created.resourceVersion(), 2, ""));

        assertThat(changed.created()).isFalse();
        assertThat(cluster.writes).containsExactly("create " + ID, "change " + ID);
    }

    @Test
    void createsNothingThatExistsAndBringsNothingBack() {
        cluster.put(ID, manifest(7));

        assertThat(performer.perform("", apply("", "", 1, "")))
                .isInstanceOfSatisfying(SyncOutcome.Conflict.class, conflict -> {
                    assertThat(conflict.owner()).isEqualTo(SyncOutcome.Owner.NOBODY);
                    assertThat(conflict.liveVersion()).isEqualTo("2");
                });
        cluster.objects.clear();
        assertThat(performer.perform("", apply("uid-2", "2", 1, ""))).isInstanceOf(SyncOutcome.Conflict.class);
        assertThat(cluster.objects).isEmpty();
    }

    @Test
    void keepsTheLiveValueOfFieldsThatDoNotCount() {
        ObjectNode live = manifest(7);
        live.putObject("spec").put("replicas", 9);
        cluster.put(ID, live);
        var rule = new IgnoreDifferences("*", "*", "", "", List.of("/spec/replicas"), List.of(), List.of());
        ObjectNode wanted = manifest(8);
        wanted.putObject("spec").put("replicas", 3);

        performer.perform(
                "",
                new SyncTask.Apply(
                        "op",
                        Scenario.CLUSTER,
                        ID,
                        wanted,
                        null,
                        "uid-2",
                        "2",
                        "",
                        false,
                        false,
                        false,
                        List.of(rule),
                        false));

        assertThat(cluster.objects.get(ID).at("/spec/replicas").asInt()).isEqualTo(9);
        assertThat(cluster.objects.get(ID).path("content").asInt()).isEqualTo(8);
    }

    @Test
    void writesAtOnceWhereOnlyTheStatusChangedInBetween() {
        ObjectNode live = manifest(7);
        live.withObjectProperty("metadata")
                .put("generation", 4)
                .putObject("labels")
                .put("team", "a");
        cluster.put(ID, live);
        String basis = Basis.of(cluster.objects.get(ID));
        ObjectNode reported = cluster.objects.get(ID);
        reported.putObject("status").put("ready", true);
        cluster.put(ID, reported);

        assertThat(performer.perform("", apply("uid-2", "2", 8, ""))).isInstanceOf(SyncOutcome.Conflict.class);
        assertThat(performer.perform("", apply("uid-2", "2", 8, basis)))
                .isInstanceOfSatisfying(SyncOutcome.Applied.class, applied -> {
                    assertThat(applied.decidedOn()).isEqualTo("2");
                    assertThat(applied.resourceVersion()).isEqualTo("4");
                });
        assertThat(cluster.objects.get(ID).path("content").asInt()).isEqualTo(8);
    }

    @Test
    void decidesAnewWhereMoreThanTheStatusChanged() {
        for (String change : List.of("generation", "label", "uid", "deletion")) {
            cluster.objects.clear();
            ObjectNode live = manifest(7);
            live.withObjectProperty("metadata").put("generation", 4);
            cluster.put(ID, live);
            ObjectNode now = cluster.objects.get(ID);
            String uid = FencedCluster.uidOf(now);
            String version = FencedCluster.versionOf(now);
            String basis = Basis.of(now);
            ObjectNode metadata = now.withObjectProperty("metadata");
            switch (change) {
                case "generation" -> metadata.put("generation", 5);
                case "label" -> metadata.putObject("labels").put("team", "b");
                case "uid" -> metadata.put("uid", "another");
                default -> metadata.put("deletionTimestamp", "2026-01-01T00:00:00Z");
            }
            cluster.put(ID, now);

            assertThat(performer.perform("", apply(uid, version, 8, basis)))
                    .as(change)
                    .isInstanceOf(SyncOutcome.Conflict.class);
            assertThat(cluster.objects.get(ID).path("content").asInt()).isEqualTo(7);
        }
    }

    @Test
    void deletesNothingThatSaysItStays() {
        ObjectNode live = manifest(7);
        live.withObjectProperty("metadata")
                .putObject("annotations")
                .put("argocd.argoproj.io/sync-options", "Validate=false, Prune=false");
        cluster.put(ID, live);

        assertThat(performer.perform("", prune("2", false))).isInstanceOf(SyncOutcome.Kept.class);
        assertThat(performer.perform("", prune("2", true))).isInstanceOf(SyncOutcome.Pruned.class);
    }

    @Test
    void deletesOnlyWhatItWasDecidedOn() {
        cluster.put(ID, manifest(7));

        assertThat(performer.perform("", prune("1", false))).isInstanceOf(SyncOutcome.Conflict.class);
        assertThat(cluster.objects).containsKey(ID);
    }

    @Test
    void appliesWhatWasSealedAndNeverQuotesIt() {
        performer.perform("", sealed(1, "42"));
        assertThat(cluster.objects.get(ID).path("content").asInt()).isEqualTo(42);

        Clusters broken = _ -> {
            throw new ApiException(422, "Invalid", "data.password: Invalid value: \"hunter2\"");
        };
        var outcome = new SyncPerformer(broken, SyncPerformerTest::opened).perform("", sealed(1, "42"));
        assertThat(outcome).isInstanceOfSatisfying(SyncOutcome.Refused.class, refused -> {
            assertThat(refused.message()).contains("422 Invalid").doesNotContain("hunter2");
            assertThat(refused.passing()).isFalse();
        });
    }

    @Test
    void whatMayPassIsToldFromWhatWillNot() {
        assertThat(refusal(new ApiException(429, "TooManyRequests", "slow down"))
                        .passing())
                .isTrue();
        assertThat(refusal(new ClusterUnreachableException("no answer")).passing())
                .isTrue();
        assertThat(refusal(new ApiException(403, "Forbidden", "no")).passing()).isFalse();
        assertThat(refusal(new IllegalStateException("a bug")).message()).contains("a bug");
    }

    private static SyncOutcome.Refused refusal(RuntimeException reason) {
        Clusters failing = _ -> {
            throw reason;
        };
        return (SyncOutcome.Refused)
                new SyncPerformer(failing, SyncPerformerTest::opened).perform("", apply("", "", 1, ""));
    }

    private static SyncTask.Apply apply(String uid, String decidedOn, int content, String basis) {
        return new SyncTask.Apply(
                "op",
                Scenario.CLUSTER,
                ID,
                manifest(content),
                null,
                uid,
                decidedOn,
                basis,
                false,
                false,
                false,
                List.of(),
                false);
    }

    private static SyncTask.Apply forced(int content, boolean replace, boolean dryRun) {
        return new SyncTask.Apply(
                "op",
                Scenario.CLUSTER,
                ID,
                manifest(content),
                null,
                "uid-2",
                "2",
                "",
                dryRun,
                replace,
                true,
                List.of(),
                false);
    }

    @Test
    void whatCannotBeChangedIsDeletedAndCreatedAnewOnlyWhenForced() {
        cluster.put(ID, manifest(7));
        cluster.immutable = true;

        assertThat(performer.perform("", apply("uid-2", "2", 8, ""))).isInstanceOf(SyncOutcome.Refused.class);
        assertThat(performer.perform("", forced(8, false, true))).isInstanceOf(SyncOutcome.Refused.class);
        assertThat(cluster.writes).isEmpty();

        assertThat(performer.perform("", forced(8, false, false)))
                .isInstanceOfSatisfying(
                        SyncOutcome.Applied.class,
                        applied -> assertThat(applied.created()).isTrue());
        assertThat(cluster.writes).containsExactly("delete " + ID, "create " + ID);
        assertThat(cluster.objects.get(ID).path("content").asInt()).isEqualTo(8);
    }

    @Test
    void whatCanBeChangedIsNotDeletedThoughForced() {
        cluster.put(ID, manifest(7));
        performer.perform("", forced(8, false, false));
        assertThat(cluster.writes).containsExactly("change " + ID);
    }

    @Test
    void aForcedReplacementDeletesFirst() {
        cluster.put(ID, manifest(7));
        performer.perform("", forced(8, true, false));
        assertThat(cluster.writes).containsExactly("delete " + ID, "create " + ID);
    }

    @Test
    void nothingIsDeletedForWhatCouldNotBeCreated() {
        cluster.put(ID, manifest(7));
        assertThat(performer.perform("", forced(-1, false, false))).isInstanceOf(SyncOutcome.Refused.class);
        assertThat(performer.perform("", forced(-1, true, false))).isInstanceOf(SyncOutcome.Refused.class);
        assertThat(cluster.writes).isEmpty();
        assertThat(cluster.objects.get(ID).path("content").asInt()).isEqualTo(7);
    }

    @Test
    void whatBelongsToAnotherApplicationIsNotDeleted() {
        ObjectNode live = manifest(7);
        live.withObject("/metadata/annotations").put("argocd.argoproj.io/tracking-id", "other:/ConfigMap:shop/web");
        cluster.put(ID, live);
        assertThat(performer.perform("", forced(8, true, false)))
                .isInstanceOfSatisfying(
                        SyncOutcome.Refused.class,
                        refused -> assertThat(refused.message()).contains("another Application"));
        assertThat(cluster.writes).isEmpty();
    }

    @Test
    void whatTakesTimeToGoIsDecidedAnew() {
        cluster.put(ID, manifest(7));
        cluster.immutable = true;
        cluster.kept = true;
        assertThat(performer.perform("", forced(8, false, false)))
                .isInstanceOfSatisfying(SyncOutcome.Conflict.class, conflict -> {
                    assertThat(conflict.owner()).isEqualTo(SyncOutcome.Owner.SELF);
                    assertThat(conflict.liveVersion()).isEqualTo("3");
                    assertThat(conflict.message()).contains("being deleted");
                });
        assertThat(cluster.writes).containsExactly("delete " + ID);
    }

    @Test
    void anObjectThatChangedSinceIsNotDeleted() {
        cluster.put(ID, manifest(7));
        cluster.put(ID, cluster.objects.get(ID));
        assertThat(performer.perform("", forced(8, true, false))).isInstanceOf(SyncOutcome.Conflict.class);
        assertThat(cluster.writes).isEmpty();
    }

    private static SyncTask.Apply sealed(int content, @Nullable String sealed) {
        return new SyncTask.Apply(
                "op",
                Scenario.CLUSTER,
                ID,
                manifest(content),
                sealed,
                "",
                "",
                "",
                false,
                false,
                false,
                List.of(),
                false);
    }

    private static SyncTask.Prune prune(String decidedOn, boolean cascade) {
        return new SyncTask.Prune("op", Scenario.CLUSTER, ID, "v1", "uid-2", decidedOn, false, "Foreground", cascade);
    }

    private static ObjectNode opened(String sealed) {
        return manifest(Integer.parseInt(sealed));
    }

    private static ObjectNode manifest(int content) {
        ObjectNode manifest = JsonNodeFactory.instance.objectNode();
        manifest.put("apiVersion", "v1").put("kind", "ConfigMap");
        manifest.putObject("metadata").put("name", "web").put("namespace", "shop");
        return manifest.put("content", content);
    }
}
