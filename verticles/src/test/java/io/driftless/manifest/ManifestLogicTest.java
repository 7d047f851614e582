package io.driftless.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.driftless.events.ApplicationEvent.ApplicationDeclared;
import io.driftless.events.ApplicationName;
import io.driftless.events.ApplicationSpec;
import io.driftless.events.CommandEvent.RefreshRequested;
import io.driftless.events.Condition;
import io.driftless.events.DesiredEvent.Commit;
import io.driftless.events.DesiredEvent.ManifestsRendered;
import io.driftless.events.DesiredEvent.RenderFailed;
import io.driftless.events.DesiredEvent.ResourceRendered;
import io.driftless.events.Envelope;
import io.driftless.events.Event;
import io.driftless.events.ResourceId;
import io.driftless.events.Topic;
import io.driftless.manifest.ManifestNews.Rendered;
import io.driftless.manifest.ManifestNews.StillValid;
import io.driftless.stage.Decision;
import io.driftless.stage.Fact;
import io.driftless.stage.Publication;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ManifestLogicTest {
    private static final ApplicationName APP = new ApplicationName("argocd", "shop");
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final ManifestLogic logic = new ManifestLogic(APP.toString());
    private final List<Publication> onTheWay = new ArrayList<>();

    @Test
    void rendersAreNumbered() {
        render("c1", "a1");
        hear();
        render("c2", "a2");

        assertThat(closed().number()).isEqualTo(2);
    }

    @Test
    void whatAnInstanceThatLostTheApplicationRendersLateIsReplacedUnderAHigherNumber() {
        render("c1", "a1");
        hear();
        ManifestsRendered old = closed();
        render("c2", "a2");
        hear();
        fold(resource("a1"));
        fold(late(old));

        RenderTask look = logic.decide(NOON).tasks().getFirst();
        assertThat(look.rendered()).as("the render in force is not ours").isNull();
        finish("c2", "a2");

        assertThat(onTheWay).extracting(Publication::event).contains(resource("a2"));
        assertThat(closed().number()).isGreaterThan(2);
        assertThat(closed().revision()).isEqualTo("c2");
    }

    @Test
    void aLateRenderThatComesBeforeOursIsFollowedByAHigherNumberToo() {
        render("c1", "a1");
        hear();
        ManifestsRendered old = closed();
        render("c2", "a2");
        fold(late(old));
        hear();

        assertThat(logic.decide(NOON).tasks()).hasSize(1);
        finish("c2", "a2");
        assertThat(closed().number()).isGreaterThan(2);
    }

    @Test
    void ownRecordsAreNoNews() {
        render("c1", "a1");
        hear();

        assertThat(logic.decide(NOON).tasks()).isEmpty();
    }

    @Test
    void aLookThatFindsNothingNewSaysTheRenderOnceMoreToWhoeverAskedForIt() {
        render("c1", "a1");
        hear();
        RefreshRequested asked = new RefreshRequested(APP, "me", false);
        logic.fold(new Fact(Topic.COMMANDS, asked.key(), new Envelope("2", "/t", NOON, "asked", null, asked)));
        assertThat(logic.decide(NOON).tasks()).hasSize(1);
        logic.finished(new StillValid(1, "c1"));

        List<Publication> answer = logic.decide(NOON).publications();
        assertThat(answer).singleElement().satisfies(publication -> {
            assertThat(publication.event()).isEqualTo(closed());
            assertThat(publication.chain()).isEqualTo("asked");
        });
        onTheWay.addAll(answer);
        hear();
        assertThat(logic.decide(NOON).tasks()).isEmpty();
        logic.finished(new ManifestNews.LookAgain("poll"));
        logic.decide(NOON);
        logic.finished(new StillValid(1, "c1"));
        assertThat(logic.decide(NOON).publications()).isEmpty();
    }

    @Test
    void whatIsSaidOfAnApplicationThatIsGoneIsWithdrawn() {
        fold(new RenderFailed(APP, 1, null, List.of(new Condition(Condition.COMPARISON_ERROR, "down"))));
        Decision<RenderTask> decision = logic.decide(NOON);

        assertThat(decision.tasks()).isEmpty();
        assertThat(decision.publications()).singleElement().satisfies(publication -> {
            assertThat(publication.event()).isNull();
            assertThat(publication.key()).isEqualTo(APP + "|!failed");
        });
    }

    /// The next render: asked for, done and published; its records are on the way.
    private void render(String revision, String digest) {
        fold(declared());
        logic.finished(new ManifestNews.LookAgain("chain"));
        logic.decide(NOON);
        finish(revision, digest);
    }

    private void finish(String revision, String digest) {
        logic.finished(new Rendered(
                1, revision, "Directory", new Commit("", "", 0), List.of(resource(digest)), List.of(), "chain", 0, 0));
        onTheWay.addAll(logic.decide(NOON).publications());
    }

    /// The last closing record that was published.
    private ManifestsRendered closed() {
        return onTheWay.stream()
                .map(Publication::event)
                .filter(ManifestsRendered.class::isInstance)
                .map(ManifestsRendered.class::cast)
                .toList()
                .getLast();
    }

    private final List<Publication> heard = new ArrayList<>();

    private void hear() {
        for (Publication publication : onTheWay) {
            if (!heard.contains(publication)) {
                heard.add(publication);
                Event event = publication.event();
                logic.fold(
                        event == null
                                ? new Fact(publication.topic(), publication.key(), null)
                                : new Fact(publication.topic(), publication.key(), envelope(event)));
            }
        }
    }

    private void fold(Event event) {
        logic.fold(new Fact(Topic.of(event), event.key(), envelope(event)));
    }

    private static Envelope envelope(Event event) {
        return new Envelope("1", "/t", NOON, "chain", null, event);
    }

    /// The same render as another instance would have published it next, not knowing of ours.
    private static ManifestsRendered late(ManifestsRendered of) {
        return new ManifestsRendered(
                of.application(),
                of.uid(),
                of.generation(),
                of.repository(),
                of.path(),
                of.targetRevision(),
                "c0",
                of.sourceType(),
                of.commit(),
                of.digest(),
                of.resources(),
                of.conditions(),
                0,
                0,
                2L);
    }

    private static ResourceRendered resource(String digest) {
        return new ResourceRendered(
                APP,
                new ResourceId("", "ConfigMap", "prod", "a"),
                "v1",
                digest,
                JsonNodeFactory.instance.objectNode().put("digest", digest),
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
