package io.driftless.sync;

import static io.driftless.sync.Scenario.APP;
import static io.driftless.sync.Scenario.manual;
import static io.driftless.sync.Thing.differing;
import static io.driftless.sync.Thing.id;
import static io.driftless.sync.Thing.synced;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.driftless.events.CommandEvent.SyncRequested;
import io.driftless.events.Condition;
import io.driftless.events.DesiredEvent.RenderedResource;
import io.driftless.events.DesiredEvent.ResourceRendered;
import io.driftless.events.OperationEvent.Phase;
import io.driftless.events.OperationEvent.ResourceResult;
import io.driftless.events.ResourceId;
import io.driftless.events.RevisionEvent.RevisionRefused;
import io.driftless.events.RevisionEvent.RevisionRendered;
import io.driftless.events.RevisionEvent.RevisionResourceRendered;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RevisionSyncTest {
    private static final String OLD = "0ld0000000000000000000000000000000000000";
    private final Scenario scenario = new Scenario().declare(manual());

    @Test
    void anotherRevisionIsAppliedOnceItIsRendered() {
        scenario.given(synced("Deployment", "web", "10"), synced("Service", "web", "9"));
        scenario.fold(request("r1", false));

        assertThat(scenario.decide()).isEmpty();
        assertThat(scenario.last().phase()).isEqualTo(Phase.RUNNING);
        assertThat(scenario.last().render()).isEmpty();

        rendered("r1", Map.of(id("Deployment", "web"), "old", id("Service", "web"), "d1"));
        var tasks = scenario.decide();

        assertThat(tasks).singleElement().isInstanceOfSatisfying(SyncTask.Apply.class, apply -> {
            assertThat(apply.resource()).isEqualTo(id("Deployment", "web"));
            assertThat(apply.manifest().path("digest").asText()).isEqualTo("old");
            assertThat(apply.decidedOn()).isEqualTo("10");
        });
        scenario.done(tasks.getFirst(), "11");
        assertThat(scenario.last().phase()).isEqualTo(Phase.SUCCEEDED);
        assertThat(scenario.last().revision()).isEqualTo(OLD);
    }

    @Test
    void whatTheRevisionHoldsAndTheClusterDoesNotIsCreatedAndTheRestPrunedWhenAskedFor() {
        scenario.given(synced("Service", "web", "9"));
        scenario.fold(request("r1", true));
        scenario.decide();
        rendered("r1", Map.of(id("Deployment", "web"), "old"));

        var tasks = scenario.decide();
        assertThat(scenario.names(tasks)).containsExactly("-web");
        tasks = scenario.done(tasks.getFirst(), "");
        assertThat(tasks)
                .singleElement()
                .isInstanceOfSatisfying(
                        SyncTask.Apply.class,
                        apply -> assertThat(apply.creates()).isTrue());
        scenario.done(tasks.getFirst(), "12");
        assertThat(scenario.last().phase()).isEqualTo(Phase.SUCCEEDED);
    }

    @Test
    void withoutPruneTheRestStays() {
        scenario.given(synced("Service", "web", "9"), synced("Deployment", "web", "10"));
        scenario.fold(request("r1", false));
        scenario.decide();
        rendered("r1", Map.of(id("Deployment", "web"), "d1"));

        assertThat(scenario.decide()).isEmpty();
        assertThat(scenario.last().phase()).isEqualTo(Phase.SUCCEEDED);
        assertThat(scenario.last().resources())
                .extracting(ResourceResult::status)
                .containsExactly(ResourceResult.PRUNE_SKIPPED);
    }

    @Test
    void aBrokenNewestRevisionIsNotInTheWay() {
        scenario.given(differing("Deployment", "web", "10"));
        scenario.unknown(new Condition(Condition.COMPARISON_ERROR, "kustomization.yaml:3: no such file"));
        scenario.fold(request("r1", false));
        scenario.decide();
        rendered("r1", Map.of(id("Deployment", "web"), "old"));

        assertThat(scenario.names(scenario.decide())).containsExactly("web");
    }

    @Test
    void anAnswerForAnotherOperationIsNone() {
        scenario.given(synced("Deployment", "web", "10"));
        scenario.fold(request("r2", false));
        rendered("r1", Map.of(id("Deployment", "web"), "old"));

        assertThat(scenario.decide()).isEmpty();
        assertThat(scenario.last().phase()).isEqualTo(Phase.RUNNING);

        scenario.after(Duration.ofMinutes(3));
        assertThat(scenario.last().phase()).isEqualTo(Phase.ERROR);
        assertThat(scenario.last().message()).contains("was not rendered within 3 minutes");
    }

    @Test
    void aRevisionThatCannotBeRenderedEndsTheOperationWithTheReason() {
        scenario.given(synced("Deployment", "web", "10"));
        scenario.fold(request("r1", false));
        scenario.decide();
        scenario.fold(new RevisionRefused(
                APP, "r1", List.of(new Condition(Condition.COMPARISON_ERROR, "revision 0ld does not exist"))));

        scenario.decide();
        assertThat(scenario.last().phase()).isEqualTo(Phase.ERROR);
        assertThat(scenario.last().message()).isEqualTo("revision 0ld does not exist");
    }

    @Test
    void aRestartGoesOnWithTheSameRender() {
        scenario.given(synced("Deployment", "web", "10"));
        scenario.fold(request("r1", false));
        scenario.decide();
        rendered("r1", Map.of(id("Deployment", "web"), "old"));
        scenario.decide();

        var again = scenario.restart();

        assertThat(again)
                .singleElement()
                .isInstanceOfSatisfying(
                        SyncTask.Apply.class,
                        apply -> assertThat(apply.manifest().path("digest").asText())
                                .isEqualTo("old"));
    }

    @Test
    void aNewCommitMeanwhileChangesNothing() {
        scenario.given(synced("Deployment", "web", "10"));
        scenario.fold(request("r1", false));
        scenario.decide();
        rendered("r1", Map.of(id("Deployment", "web"), "old"));
        var tasks = scenario.decide();

        scenario.revision = "beef002";
        scenario.given(synced("Deployment", "web", "10").digest("d2"));
        scenario.decide();
        scenario.done(tasks.getFirst(), "11");

        assertThat(scenario.last().phase()).isEqualTo(Phase.SUCCEEDED);
        assertThat(scenario.last().revision()).isEqualTo(OLD);
        assertThat(scenario.asked).hasSize(1);
    }

    private void rendered(String operation, Map<ResourceId, String> digests) {
        List<RenderedResource> list = new ArrayList<>();
        digests.forEach((id, digest) -> {
            var manifest = JsonNodeFactory.instance.objectNode().put("digest", digest);
            scenario.fold(new RevisionResourceRendered(
                    new ResourceRendered(APP, id, "v1", digest, manifest, null, 0, List.of())));
            list.add(new RenderedResource(id, digest));
        });
        scenario.fold(new RevisionRendered(APP, operation, OLD, "render-of-old", list));
    }

    private static SyncRequested request(String id, boolean prune) {
        return new SyncRequested(APP, id, "anna", OLD, prune, false, List.of(), List.of(), null);
    }
}
