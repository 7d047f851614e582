package io.driftless.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.driftless.events.Topic;
import io.driftless.stage.Publication;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class BunchedTest {
    private static final Duration LONG = Duration.ofHours(1);

    private final List<String> said = new CopyOnWriteArrayList<>();

    private static Publication about(String subject) {
        return Publication.tombstone(Topic.LIVE, subject, "");
    }

    private CompletionStage<?> take(Publication publication) {
        said.add(publication.key());
        return publication.key().startsWith("bad")
                ? CompletableFuture.failedFuture(new IllegalStateException("refused"))
                : CompletableFuture.completedFuture(true);
    }

    @Test
    void theFirstTwoAreSaidAtOnce() {
        Bunched bunched = new Bunched(this::take, LONG, LONG);
        for (String subject : List.of("a", "b", "c", "d", "c")) {
            bunched.say(about(subject));
        }
        assertThat(said).containsExactly(about("a").key(), about("b").key());
    }

    @Test
    void theRestIsSaidTogetherInItsOrder() {
        Bunched bunched = new Bunched(this::take, Duration.ofMillis(10), LONG);
        for (String subject : List.of("a", "b", "c", "d", "c")) {
            bunched.say(about(subject));
        }
        await().until(() -> said.size() == 5);
        assertThat(said)
                .containsExactly(
                        about("a").key(),
                        about("b").key(),
                        about("c").key(),
                        about("d").key(),
                        about("c").key());
    }

    @Test
    void whoWaitedHearsHowTheSayingEnded() {
        Bunched bunched = new Bunched(this::take, Duration.ofMillis(10), LONG);
        bunched.say(about("a"));
        bunched.say(about("b"));
        CompletableFuture<?> good = bunched.say(about("c")).toCompletableFuture();
        CompletableFuture<?> bad = bunched.say(about("bad")).toCompletableFuture();
        await().until(() -> good.isDone() && bad.isDone());
        assertThat(good).isCompleted();
        assertThat(bad).isCompletedExceptionally();
    }

    @Test
    void whatIsExpectedIsSaidTogetherAMomentLater() {
        Bunched bunched = new Bunched(this::take, LONG, Duration.ofMillis(10));
        CompletableFuture<?> first = bunched.sayLater(about("a")).toCompletableFuture();
        CompletableFuture<?> second = bunched.sayLater(about("b")).toCompletableFuture();
        await().until(() -> first.isDone() && second.isDone());
        assertThat(said).containsExactly(about("a").key(), about("b").key());
    }

    @Test
    void whatIsExpectedIsSaidBeforeWhatCannotWait() {
        Bunched bunched = new Bunched(this::take, LONG, LONG);
        bunched.sayLater(about("a"));
        bunched.sayLater(about("b"));
        assertThat(said).isEmpty();
        bunched.say(about("c"));
        assertThat(said)
                .containsExactly(about("a").key(), about("b").key(), about("c").key());
    }

    @Test
    void aBurstAmongWhatIsExpectedDoesNotWaitForIt() {
        Bunched bunched = new Bunched(this::take, Duration.ofMillis(10), LONG);
        for (String subject : List.of("a", "b")) {
            bunched.say(about(subject));
        }
        bunched.sayLater(about("c"));
        bunched.say(about("d"));
        await().until(() -> said.size() == 4);
        assertThat(said)
                .containsExactly(
                        about("a").key(),
                        about("b").key(),
                        about("c").key(),
                        about("d").key());
    }

    @Test
    void whatIsExpectedOfAnObjectIsPastWhenSomethingElseHappensToIt() {
        Bunched bunched = new Bunched(this::take, LONG, LONG);
        CompletableFuture<?> past = bunched.sayLater(about("a")).toCompletableFuture();
        bunched.sayLater(about("b"));
        bunched.say(about("a"));
        assertThat(said).containsExactly(about("b").key(), about("a").key());
        assertThat(past).isCompleted();
    }
}
