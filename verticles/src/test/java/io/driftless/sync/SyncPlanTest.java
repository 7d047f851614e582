package io.driftless.sync;

import static io.driftless.sync.Scenario.manual;
import static io.driftless.sync.Thing.differing;
import static io.driftless.sync.Thing.extra;
import static io.driftless.sync.Thing.missing;
import static io.driftless.sync.Thing.synced;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.driftless.events.DesiredEvent.ResourceRendered;
import io.driftless.events.DriftEvent.ApplicationCompared;
import io.driftless.events.OperationEvent.ResourceResult;
import io.driftless.events.ResourceId;
import io.driftless.events.Topic;
import io.driftless.stage.Fact;
import io.driftless.stage.Publication;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SyncPlanTest {
    private final Scenario scenario = new Scenario().declare(manual());

    @Test
    void ordersByWaveThenKindThenName() {
        var plan = plan(
                wish(false),
                missing("Deployment", "b"),
                missing("Deployment", "a"),
                missing("Service", "s"),
                missing("ConfigMap", "late").wave(1),
                missing("ConfigMap", "c"),
                missing("Widget", "w"),
                missing("Namespace", "early").wave(-1));

        assertThat(names(plan)).containsExactly("early", "c", "s", "a", "b", "w", "late");
    }

    @Test
    void appliesAtOnceWhatDoesNotNeedEachOther() {
        assertThat(step(missing("ServiceAccount", "a"))).isLessThan(step(missing("Secret", "token")));
        assertThat(step(missing("CustomResourceDefinition", "a"))).isLessThan(step(missing("Widget", "w")));
        assertThat(step(missing("Role", "a"))).isLessThan(step(missing("RoleBinding", "b")));
        assertThat(step(missing("Service", "a"))).isEqualTo(step(missing("ConfigMap", "b")));
        assertThat(step(missing("ConfigMap", "a"))).isLessThan(step(missing("Deployment", "b")));
    }

    @Test
    void doesNotWaitForAChangeOfWhatIsThereAlready() {
        assertThat(step(differing("ServiceAccount", "a", "5"))).isEqualTo(step(differing("ConfigMap", "b", "6")));
        assertThat(step(differing("ConfigMap", "a", "5"))).isLessThan(step(differing("Deployment", "b", "6")));
    }

    private int step(Thing resource) {
        return SyncPlan.rank(plan(wish(false), resource).items().getFirst().intent());
    }

    @Test
    void leavesOutWhatDoesNotDiffer() {
        var plan = plan(wish(true), synced("Service", "same", "7"), differing("Service", "other", "8"));

        assertThat(names(plan)).containsExactly("other");
        assertThat(plan.items().getFirst().intent().decidedOn()).isEqualTo("8");
    }

    @Test
    void deletesFirstInAWaveAndWavesBackwards() {
        var plan = plan(
                wish(true),
                missing("Service", "new"),
                extra("ConfigMap", "zero", "1"),
                extra("ConfigMap", "one", "2").wave(1),
                extra("ConfigMap", "two", "3").wave(2));

        assertThat(names(plan)).containsExactly("two", "new", "one", "zero");
    }

    @Test
    void deletesLastWhenToldSo() {
        var plan =
                plan(wish(true, "PruneLast=true"), missing("Service", "new").wave(3), extra("ConfigMap", "old", "1"));

        assertThat(names(plan)).containsExactly("new", "old");
        assertThat(plan.items().getLast().wave()).isEqualTo(4);
    }

    @Test
    void deletesNothingUnlessPruning() {
        var plan = plan(wish(false), extra("ConfigMap", "old", "1"));

        assertThat(plan.items()).isEmpty();
        assertThat(plan.skipped()).singleElement().satisfies(result -> {
            assertThat(result.status()).isEqualTo(ResourceResult.PRUNE_SKIPPED);
            assertThat(result.message()).isEqualTo("ignored (requires pruning)");
        });
    }

    @Test
    void deletesNothingTheApplicationSaysToKeepNorWhatIsGoingAlready() {
        assertThat(plan(wish(true, "Prune=false"), extra("ConfigMap", "old", "1"))
                        .items())
                .isEmpty();
        assertThat(plan(wish(true), extra("ConfigMap", "old", "1").going()).items())
                .isEmpty();
    }

    @Test
    void makesTheNamespaceFirstWhereNothingLivesInIt() {
        var wish = new SyncPlan.Wish(false, new SyncOptions(List.of()), "shop", false);

        assertThat(names(plan(wish, missing("Service", "s")))).containsExactly("shop", "s");
        assertThat(names(plan(wish, missing("Service", "s"), synced("ConfigMap", "there", "1"))))
                .containsExactly("s");
    }

    private SyncPlan plan(SyncPlan.Wish wish, Thing... things) {
        scenario.things.clear();
        Arrays.stream(things).forEach(thing -> scenario.things.put(thing.id(), thing));
        scenario.render().compare();
        Render render = new Render();
        scenario.tables.getOrDefault(Topic.DESIRED, java.util.Map.of()).values().stream()
                .map(SyncPlanTest::fact)
                .forEach(render::fold);
        Publication drift = Objects.requireNonNull(scenario.tables.get(Topic.DRIFT))
                .values()
                .iterator()
                .next();
        return SyncPlan.of((ApplicationCompared) Objects.requireNonNull(drift.event()), render, wish, verdict -> true);
    }

    private ApplicationCompared compared() {
        return (ApplicationCompared) Objects.requireNonNull(Objects.requireNonNull(scenario.tables.get(Topic.DRIFT))
                .values()
                .iterator()
                .next()
                .event());
    }

    private static Fact fact(Publication publication) {
        var event = Objects.requireNonNull(publication.event());
        return new Fact(
                publication.topic(),
                publication.key(),
                new io.driftless.events.Envelope("id", "/test", java.time.Instant.EPOCH, "chain", null, event));
    }

    @Test
    void hooksAreReportedUnlessTheyAreLeftOut() {
        SyncPlan.Manifests render = new SyncPlan.Manifests() {
            @Override
            public @Nullable ResourceRendered manifest(ResourceId resource, String digest) {
                return null;
            }

            @Override
            public List<ResourceRendered> hooks() {
                return List.of(hook("migrate", "PreSync"), hook("never", "Skip"), hook("clean", "PostDelete"));
            }
        };
        scenario.given(synced("Service", "same", "7"));
        ApplicationCompared compared = compared();
        var options = new SyncOptions(List.of());

        assertThat(SyncPlan.of(compared, render, new SyncPlan.Wish(false, options, "", false), verdict -> true)
                        .skipped())
                .extracting(result -> result.resource().name() + ": " + result.message())
                .containsExactly("migrate: skipped: hooks are not supported yet");
        assertThat(SyncPlan.of(compared, render, new SyncPlan.Wish(false, options, "", false, false), verdict -> true)
                        .skipped())
                .isEmpty();
    }

    private static ResourceRendered hook(String name, String type) {
        return new ResourceRendered(
                Scenario.APP,
                Thing.id("Job", name),
                "batch/v1",
                "d",
                JsonNodeFactory.instance.objectNode(),
                null,
                0,
                List.of(type));
    }

    private static SyncPlan.Wish wish(boolean pruning, String... options) {
        return new SyncPlan.Wish(pruning, new SyncOptions(List.of(options)), "", false);
    }

    private static List<String> names(SyncPlan plan) {
        return plan.items().stream()
                .map(item -> item.intent().resource().name())
                .toList();
    }
}
