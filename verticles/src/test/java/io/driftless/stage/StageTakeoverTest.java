package io.driftless.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.junit.jupiter.api.Test;

/// Instances that end, die and share their work.
class StageTakeoverTest extends RunningRuntime {
    @Test
    void rebuildsFromTablesAfterARestartAndTakesEachEventOnce() throws Exception {
        try (StageHandle<String> stage = start("rebuilds", "a", RunningRuntime::echo)) {
            say(SeenLogic.push("rebuilds/one", "a"));
            awaitSeen("rebuilds/one", "a");
        }
        say(SeenLogic.push("rebuilds/one", "b"));
        Set<String> rebuilt = ConcurrentHashMap.newKeySet();
        try (StageHandle<String> stage = start("rebuilds", "b", RunningRuntime::echo)) {
            stage.onRebuilt(rebuilt::addAll);
            awaitSeen("rebuilds/one", "a", "b");
            await().until(() -> rebuilt.contains("rebuilds/one"));
            stage.deliver("rebuilds/one", "news");
            awaitSeen("rebuilds/one", "a", "b", "news");
        }
        assertThat(committed("rebuilds", "rebuilds/one")).isEqualTo(end("rebuilds/one"));
    }

    @Test
    void takesEventsAgainThatWereNotCommittedWhenAnInstanceDied() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        StageHandle<String> first = start("dies", "a", (subject, task) -> {
            started.countDown();
            new CountDownLatch(1).await();
            return "never";
        });
        say(SeenLogic.push("dies/one", "task x"));
        assertThat(started.await(20, TimeUnit.SECONDS)).isTrue();
        ((StageRunner<?, ?>) first).crash();
        say(SeenLogic.push("dies/one", "later"));
        try (StageHandle<String> second = start("dies", "b", RunningRuntime::echo)) {
            awaitSeen("dies/one", "task x", "done task x", "later");
        }
    }

    @Test
    void sharesPartitionsAndTakesOverFromAnInstanceThatIsKilled() throws Exception {
        StageHandle<String> first = start("shares", "a", RunningRuntime::echo);
        try (StageHandle<String> second = start("shares", "b", RunningRuntime::echo)) {
            int subjects = 12;
            await().atMost(LIMIT).until(() -> owned(first, subjects) > 0 && owned(second, subjects) > 0);
            for (int round = 0; round < 20; round++) {
                for (int i = 0; i < subjects; i++) {
                    writer.publish(SeenLogic.push("shares/" + i, "ref " + round));
                }
                if (round == 10) {
                    ((StageRunner<?, ?>) first).crash();
                }
            }
            for (int i = 0; i < subjects; i++) {
                int subject = i;
                await().atMost(LIMIT)
                        .untilAsserted(
                                () -> assertThat(seen("shares/" + subject)).hasSize(20));
            }
            assertThat(owned(second, subjects)).isEqualTo(subjects);
        }
    }

    private static long owned(StageHandle<String> stage, int subjects) {
        long count = 0;
        for (int i = 0; i < subjects; i++) {
            count += stage.owns("shares/" + i) ? 1 : 0;
        }
        return count;
    }

    private static long committed(String stage, String subject) throws Exception {
        try (Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", broker.bootstrap()))) {
            OffsetAndMetadata offset = admin.listConsumerGroupOffsets("driftless-" + stage)
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .get(partitionOf(subject));
            return offset == null ? 0 : offset.offset();
        }
    }
}
