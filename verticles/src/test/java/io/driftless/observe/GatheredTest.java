package io.driftless.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.driftless.events.Topic;
import io.driftless.stage.Publication;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class GatheredTest {
    private final List<Publication> said = new CopyOnWriteArrayList<>();
    private final Say gathered = new Gathered(
            publication -> {
                said.add(publication);
                return CompletableFuture.completedFuture(true);
            },
            Duration.ofMillis(200));

    @Test
    void ofEachKeyTheLastIsSaid() throws Exception {
        CompletableFuture<?> first = tell("a", "1");
        CompletableFuture<?> other = tell("b", "1");
        CompletableFuture<?> last = tell("a", "2");

        CompletableFuture.allOf(first, other, last).get(10, TimeUnit.SECONDS);
        assertThat(said).containsExactly(publication("b", "1"), publication("a", "2"));
    }

    @Test
    void whatIsToldAfterwardsIsSaidToo() throws Exception {
        tell("a", "1").get(10, TimeUnit.SECONDS);
        tell("a", "2").get(10, TimeUnit.SECONDS);

        assertThat(said).containsExactly(publication("a", "1"), publication("a", "2"));
    }

    private CompletableFuture<?> tell(String key, String chain) {
        return gathered.say(publication(key, chain)).toCompletableFuture();
    }

    private static Publication publication(String key, String chain) {
        return Publication.tombstone(Topic.CHILDREN, key, chain);
    }
}
