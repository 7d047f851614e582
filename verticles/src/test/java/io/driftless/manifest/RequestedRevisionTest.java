package io.driftless.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.driftless.events.ApplicationEvent.ApplicationDeclared;
import io.driftless.events.ApplicationName;
import io.driftless.events.ApplicationSpec;
import io.driftless.events.CommandEvent.SyncRequested;
import io.driftless.events.Condition;
import io.driftless.events.DesiredEvent.ResourceRendered;
import io.driftless.events.Envelope;
import io.driftless.events.Event;
import io.driftless.events.OperationEvent.OperationRecorded;
import io.driftless.events.OperationEvent.Phase;
import io.driftless.events.ResourceId;
import io.driftless.events.RevisionEvent.ManifestsGiven;
import io.driftless.events.RevisionEvent.RevisionRefused;
import io.driftless.events.RevisionEvent.RevisionRendered;
import io.driftless.events.RevisionEvent.RevisionResourceRendered;
import io.driftless.events.Topic;
import io.driftless.manifest.ManifestNews.Answered;
import io.driftless.manifest.RenderTask.Order;
import io.driftless.stage.Decision;
import io.driftless.stage.Fact;
import io.driftless.stage.Publication;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RequestedRevisionTest {
    private static final ApplicationName APP = new ApplicationName("argocd", "shop");
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private ManifestLogic logic = new ManifestLogic(APP.toString());
    private final List<Publication> said = new ArrayList<>();

    @BeforeEach
    void declare() {
        fold(declared());
        decide();
    }

    @Test
    void theOperationThatRunsGetsItsRevisionAndItIsWithdrawnWhenItIsOver() {
        fold(operation("r1", "v1", false, Phase.RUNNING, ""));
        Order order = decide().getFirst();
        assertThat(order.operation()).isEqualTo("r1");
        assertThat(order.revision()).isEqualTo("v1");
        assertThat(decide()).as("it is being rendered").isEmpty();

        logic.finished(new Answered("r1", "sha", List.of(resource("a"), resource("b")), List.of()));
        decide();
        assertThat(said)
                .extracting(Publication::event)
                .hasExactlyElementsOfTypes(
                        RevisionResourceRendered.class, RevisionResourceRendered.class, RevisionRendered.class);
        hear();
        assertThat(decide()).isEmpty();
        assertThat(said).isEmpty();

        fold(operation("r1", "v1", false, Phase.SUCCEEDED, "digest"));
        decide();
        assertThat(said)
                .hasSize(3)
                .allSatisfy(record -> assertThat(record.event()).isNull());
    }

    @Test
    void anInstanceThatTakesOverRendersWhatTheOneBeforeDidNot() {
        logic = new ManifestLogic(APP.toString());
        fold(declared());
        fold(operation("r1", "v1", false, Phase.RUNNING, ""));

        assertThat(decide()).extracting(Order::operation).containsExactly("r1");
    }

    @Test
    void theRevisionThatIsFollowedAndAnOperationThatKnowsItsRenderNeedNone() {
        fold(operation("r1", "main", false, Phase.RUNNING, ""));
        assertThat(decide()).isEmpty();

        fold(operation("r2", "v1", false, Phase.RUNNING, "digest"));
        assertThat(decide()).isEmpty();
    }

    @Test
    void anAnswerThatComesTooLateIsNotSaid() {
        fold(operation("r1", "v1", false, Phase.RUNNING, ""));
        decide();
        fold(operation("r1", "v1", false, Phase.FAILED, ""));
        logic.finished(new Answered("r1", "sha", List.of(resource("a")), List.of()));

        decide();
        assertThat(said).isEmpty();
    }

    @Test
    void aRefusalIsSaid() {
        fold(operation("r1", "v1", false, Phase.RUNNING, ""));
        decide();
        logic.finished(new Answered(
                "r1", "", List.of(), List.of(new Condition(Condition.COMPARISON_ERROR, "there is no v1"))));

        decide();
        assertThat(said).extracting(Publication::event).hasExactlyElementsOfTypes(RevisionRefused.class);
    }

    @Test
    void givenManifestsAreTakenWhenTheyHaveArrivedAndWithdrawnAfterwards() {
        fold(operation("r1", null, true, Phase.RUNNING, ""));
        assertThat(decide()).isEmpty();

        fold(new ManifestsGiven(APP, "r1", "sealed"));
        assertThat(decide()).extracting(Order::given).containsExactly("sealed");

        fold(operation("r1", null, true, Phase.SUCCEEDED, "digest"));
        decide();
        assertThat(said).extracting(Publication::key).contains(APP + "|!given/r1");
    }

    @Test
    void manifestsOfARequestThatWasRefusedAreWithdrawn() {
        fold(new ManifestsGiven(APP, "r2", "sealed"));
        decide();
        assertThat(said).isEmpty();

        fold(operation("r1", null, false, Phase.RUNNING, "digest", "r1", "r2"));
        decide();
        assertThat(said).extracting(Publication::key).containsExactly(APP + "|!given/r2");
    }

    private List<Order> decide() {
        Decision<RenderTask> decision = logic.decide(NOON);
        said.clear();
        said.addAll(decision.publications());
        List<Order> orders = new ArrayList<>();
        for (RenderTask task : decision.tasks()) {
            Order order = task.order();
            if (order != null) {
                orders.add(order);
            }
        }
        return orders;
    }

    private void hear() {
        for (Publication record : said) {
            Event event = record.event();
            logic.fold(new Fact(record.topic(), record.key(), event == null ? null : envelope(event)));
        }
    }

    private void fold(Event event) {
        logic.fold(new Fact(Topic.of(event), event.key(), envelope(event)));
    }

    private static Envelope envelope(Event event) {
        return new Envelope("1", "/t", NOON, "chain", null, event);
    }

    @SuppressWarnings("NullAway") // the checker does not see which components of a record may be null
    private static OperationRecorded operation(
            String id, String revision, boolean given, Phase phase, String render, String... handled) {
        SyncRequested request = new SyncRequested(
                APP, id, "anna", revision, false, false, List.of(), List.of(), null, null, given ? true : null);
        return new OperationRecorded(
                APP,
                "u1",
                id,
                1,
                phase,
                "",
                render,
                "anna",
                false,
                false,
                request,
                0,
                null,
                0,
                NOON,
                null,
                "",
                List.of(),
                handled.length == 0 ? List.of(id) : List.of(handled));
    }

    private static ResourceRendered resource(String name) {
        return new ResourceRendered(
                APP,
                new ResourceId("", "ConfigMap", "prod", name),
                "v1",
                "digest-of-" + name,
                JsonNodeFactory.instance.objectNode(),
                null,
                0,
                List.of());
    }

    private static ApplicationDeclared declared() {
        ApplicationSpec spec = new ApplicationSpec(
                "default",
                new ApplicationSpec.Source("https://git.example/r.git", ".", "main", null, null),
                new ApplicationSpec.Destination("https://kubernetes.default.svc", "", "prod"),
                null,
                List.of(),
                10);
        return new ApplicationDeclared(
                APP, "u1", 1, spec, JsonNodeFactory.instance.objectNode(), Map.of(), List.of(), false);
    }
}
