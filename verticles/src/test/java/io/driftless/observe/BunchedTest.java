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
        Bunched bunched = new Bunched(this::take, Duration.ofHours(1));
        for (String subject : List.of("a", "b", "c", "d", "c")) {
            bunched.say(about(subject));
        }
        assertThat(said).containsExactly(about("a").key(), about("b").key());
    }

    @Test
    void theRestIsSaidTogetherInItsOrder() {
        Bunched bunched = new Bunched(this::take, Duration.ofMillis(10));
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
        Bunched bunched = new Bunched(this::take, Duration.ofMillis(10));
        bunched.say(about("a"));
        bunched.say(about("b"));
        CompletableFuture<?> good = bunched.say(about("c")).toCompletableFuture();
        CompletableFuture<?> bad = bunched.say(about("bad")).toCompletableFuture();
        await().until(() -> good.isDone() && bad.isDone());
        assertThat(good).isCompleted();
        assertThat(bad).isCompletedExceptionally();
    }
}
