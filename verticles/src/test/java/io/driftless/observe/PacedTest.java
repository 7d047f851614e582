package io.driftless.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.events.ApplicationName;
import io.driftless.events.Health;
import io.driftless.events.HealthStatus;
import io.driftless.events.LiveEvent.ResourceObserved;
import io.driftless.events.ResourceId;
import io.driftless.events.Topic;
import io.driftless.stage.Publication;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class PacedTest {
    private static final Duration LONG = Duration.ofHours(1);

    private final List<String> said = new CopyOnWriteArrayList<>();

    private CompletionStage<?> take(Publication publication) {
        String version = publication.event() instanceof ResourceObserved seen ? seen.resourceVersion() : "gone";
        said.add(version);
        return version.startsWith("bad")
                ? CompletableFuture.failedFuture(new IllegalStateException("refused"))
                : CompletableFuture.completedFuture(true);
    }

    private static Publication of(String name, long generation, String version) {
        return of(name, generation, version, HealthStatus.PROGRESSING);
    }

    private static Publication of(String name, long generation, String version, HealthStatus health) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        if (generation > 0) {
            object.putObject("metadata").put("generation", generation);
        }
        ResourceId id = ResourceId.parse("apps/Deployment:shop/" + name);
        return Publication.of(
                new ResourceObserved(
                        ApplicationName.parse("argocd/shop"),
                        "https://kubernetes.default.svc",
                        id,
                        "apps/v1",
                        "u1",
                        version,
                        object,
                        Health.of(health)),
                "");
    }

    @Test
    void ofReportsThatFollowOneAnotherTheLastIsSaidAMomentLater() {
        Paced paced = new Paced(this::take, Duration.ofSeconds(1));
        paced.say(of("web", 2, "1"));
        CompletableFuture<?> second = paced.say(of("web", 2, "2")).toCompletableFuture();
        CompletableFuture<?> third = paced.say(of("web", 2, "3")).toCompletableFuture();

        await().until(() -> second.isDone() && third.isDone());
        assertThat(said).containsExactly("1", "3");
    }

    @Test
    void whatIsWishedAnewIsSaidAtOnceAndInPlaceOfWhatWaits() {
        Paced paced = new Paced(this::take, LONG);
        paced.say(of("web", 2, "1"));
        CompletableFuture<?> waiting = paced.say(of("web", 2, "2")).toCompletableFuture();
        paced.say(of("web", 3, "3"));

        assertThat(said).containsExactly("1", "3");
        assertThat(waiting).isCompleted();
    }

    @Test
    void theEndOfARolloutIsSaidAtOnce() {
        Paced paced = new Paced(this::take, LONG);
        paced.say(of("web", 2, "1"));
        paced.say(of("web", 2, "2"));
        paced.say(of("web", 2, "3", HealthStatus.HEALTHY));

        assertThat(said).containsExactly("1", "3");
    }

    @Test
    void whatGoesIsSaidAtOnceAndNothingAfterIt() {
        Paced paced = new Paced(this::take, LONG);
        Publication first = of("web", 2, "1");
        paced.say(first);
        CompletableFuture<?> waiting = paced.say(of("web", 2, "2")).toCompletableFuture();
        paced.say(Publication.tombstone(Topic.LIVE, first.key(), ""));

        assertThat(said).containsExactly("1", "gone");
        assertThat(waiting).isCompleted();
    }

    @Test
    void otherObjectsAndThoseWithoutGenerationDoNotWait() {
        Paced paced = new Paced(this::take, LONG);
        paced.say(of("web", 2, "1"));
        paced.say(of("api", 2, "2"));
        paced.say(of("map", 0, "3"));
        paced.say(of("map", 0, "4"));

        assertThat(said).containsExactly("1", "2", "3", "4");
    }

    @Test
    void whoWaitedHearsThatTheSayingFailed() {
        Paced paced = new Paced(this::take, Duration.ofMillis(10));
        paced.say(of("web", 2, "1"));
        CompletableFuture<?> replaced = paced.say(of("web", 2, "2")).toCompletableFuture();
        CompletableFuture<?> bad = paced.say(of("web", 2, "bad")).toCompletableFuture();

        await().until(() -> replaced.isDone() && bad.isDone());
        assertThat(bad).isCompletedExceptionally();
        assertThat(replaced).isCompletedExceptionally();
    }
}
